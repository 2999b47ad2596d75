using System.Text.Encodings.Web;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The pages on which somebody gives a secret its value. They have no scripts, and no other page can embed them.</summary>
internal static class SignInPages
{
    private const string Policy =
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IResult Done(string name) => new Page(
        "Done", $"<p>{NameOf(name)} can be used now. You can close this page.</p>", StatusCodes.Status200OK);

    public static IResult NotValid() => Failed(
        "This address is not valid, or no longer: it works once, for 15 minutes, and in one browser. Ask for a new one.", StatusCodes.Status400BadRequest);

    /// <param name="reason">The reason, as a sentence without its full stop or with it.</param>
    /// <param name="status">The status of the response.</param>
    public static IResult Failed(string reason, int status) => new Page(
        "That did not work", $"<p>{Text(reason.TrimEnd('.'))}.</p>", status);

    /// <summary>Creates the page with a form for the value.</summary>
    /// <param name="name">The name of the secret.</param>
    /// <param name="hint">What the value is.</param>
    /// <param name="fault">Why the last value can't be used; null for none.</param>
    public static IResult Form(string name, string hint, string? fault) => new Page(
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

    private static string Text(string value) => HtmlEncoder.Default.Encode(value);

    private sealed class Page(string title, string body, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = Policy;
            return response.WriteAsync(
                $"""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <meta name="color-scheme" content="light dark">
                <title>{title}</title>
                </head>
                <body>
                <main>
                <h1>{title}</h1>
                {body}
                </main>
                </body>
                </html>

                """,
                httpContext.RequestAborted);
        }
    }
}
