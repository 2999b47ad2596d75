using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>The page on which the owner of an MCP server lets a program use it.</summary>
internal static class McpConsentPage
{
    public static IResult NotValid() => new HtmlPage(
        "That did not work", "<p>The program that sent you here is not registered, or the address is damaged. Start again in the program.</p>",
        StatusCodes.Status400BadRequest);

    /// <summary>
    /// Creates the page that names a fault of the request. The browser goes to no address by itself: everybody can register a client, and could
    /// otherwise make this server lead to any page.
    /// </summary>
    /// <param name="code">The code of the fault.</param>
    public static IResult Unsupported(string code) => new HtmlPage(
        "That did not work", $"<p>The program asked for access in a way that this server does not support ({HtmlPage.Text(code)}).</p>", StatusCodes.Status400BadRequest);

    /// <param name="server">The name of the integration.</param>
    /// <param name="authorization">The request of the program.</param>
    /// <param name="fault">Why the last attempt failed, as a sentence; null for none.</param>
    public static IResult Form(string server, McpAuthorization authorization, string? fault)
    {
        var redirect = new Uri(authorization.RedirectUri);
        var name = authorization.Client.Name.Length == 0 ? "A program" : $"The program <strong>{HtmlPage.Text(authorization.Client.Name)}</strong>";
        var place = redirect.Scheme is "http" or "https" ? redirect.Authority : $"{redirect.Scheme}:";
        return new HtmlPage(
            "Allow access",
            $"""
            <p>{name} wants to use the tools of {(server.Length == 0 ? "an MCP server" : $"the MCP server <strong>{HtmlPage.Text(server)}</strong>")}.
            The name is its own word for itself. Access goes to <strong>{HtmlPage.Text(place)}</strong>.</p>
            <p>To allow it, enter the access token of the MCP server, which its owner can fetch. The program does not get it.</p>
            {(fault is null ? "" : $"<p role=\"alert\">{HtmlPage.Text(fault)}</p>")}
            <form method="post">
            <p><label for="token">Access token</label></p>
            <p><input id="token" name="token" type="password" autocomplete="off" required autofocus></p>
            <p><button>Allow</button> <button name="deny" value="true" formnovalidate>Deny</button></p>
            </form>
            """,
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden,
            SourceOf(redirect));
    }

    /// <summary>Returns the address to which the form leads, as browsers compare it with the policy of the page.</summary>
    private static string SourceOf(Uri redirect) =>
        redirect.Scheme is "http" or "https" && redirect.HostNameType != UriHostNameType.IPv6 ? redirect.GetLeftPart(UriPartial.Authority) : $"{redirect.Scheme}:";
}
