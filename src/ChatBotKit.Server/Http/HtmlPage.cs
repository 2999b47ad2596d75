using System.Text.Encodings.Web;

namespace ChatBotKit.Server.Http;

/// <summary>A page of this server for a person. It has no scripts, and no other page can embed it.</summary>
/// <param name="title">The title, as HTML.</param>
/// <param name="body">What follows the title, as HTML.</param>
/// <param name="status">The status of the response.</param>
/// <param name="formTarget">Where the response to a form may lead besides this server, as a source of a Content-Security-Policy; null for nowhere.</param>
internal sealed class HtmlPage(string title, string body, int status, string? formTarget = null) : IResult
{
    /// <summary>Encodes a text for HTML.</summary>
    public static string Text(string value) => HtmlEncoder.Default.Encode(value);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; base-uri 'none'; form-action 'self'{(formTarget is null ? "" : $" {formTarget}")}; frame-ancestors 'none'";
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
