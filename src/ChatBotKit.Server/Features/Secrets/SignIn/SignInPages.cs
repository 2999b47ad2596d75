using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The pages on which somebody gives a secret its value. They have no scripts, and no other page can embed them.</summary>
internal static class SignInPages
{
    public static IResult Done(string name) => new HtmlPage(
        "Done", $"<p>{NameOf(name)} can be used now. You can close this page.</p>", StatusCodes.Status200OK);

    public static IResult NotValid() => Failed(
        "This address is not valid, or no longer: it works once, for 15 minutes, and in one browser. Ask for a new one.", StatusCodes.Status400BadRequest);

    /// <param name="reason">The reason, as a sentence without its full stop or with it.</param>
    /// <param name="status">The status of the response.</param>
    public static IResult Failed(string reason, int status) => new HtmlPage(
        "That did not work", $"<p>{Text(reason.TrimEnd('.'))}.</p>", status);

    /// <summary>Creates the page with a form for the value.</summary>
    /// <param name="name">The name of the secret.</param>
    /// <param name="hint">What the value is.</param>
    /// <param name="fault">Why the last value can't be used; null for none.</param>
    public static IResult Form(string name, string hint, string? fault) => new HtmlPage(
        "Enter a credential",
        $"""
        <p>{NameOf(name)} needs {Text(hint)}. It is stored encrypted, and nobody can read it again.</p>
        {(fault is null ? "" : $"<p role=\"alert\">{Text(fault)}.</p>")}
        <form method="post">
        <p><label for="value">Credential</label></p>
        <p><input id="value" name="value" type="password" autocomplete="off" required autofocus></p>
        <p><button>Save</button></p>
        </form>
        """,
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static string NameOf(string name) => name.Length == 0 ? "The secret" : $"The secret <strong>{Text(name)}</strong>";

    private static string Text(string value) => HtmlPage.Text(value);
}
