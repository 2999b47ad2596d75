using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Http;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The response at the root of the server: people are sent to the console, or see a page when it is switched off; programs get the same
/// as JSON.
/// </summary>
internal static class StartPage
{
    private const string Resource = "StartPage.html";

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    private static readonly string Template = ReadTemplate();

    /// <summary>The policy of the page, which may load only its own style.</summary>
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{StyleHash()}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Maps the start page. A program that hosts this server may map the root to its own page, which takes precedence.</summary>
    public static void MapStartPage(this IEndpointRouteBuilder app) =>
        app.MapMethods("/", Verbs, Get).ExcludeFromDescription().IsOwnAnswer().WithOrder(int.MaxValue);

    private static IResult Get(HttpContext context, PublicAddress address, IConfiguration configuration)
    {
        var url = address.Of(context.Request);
        var response = context.Response;
        response.Headers.Vary = HeaderNames.Accept;
        if (!WantsHtml(context.Request))
            return Results.Text(Description(url), "application/json");
        if (ConsoleEndpoints.IsOn(configuration))
            return Results.Redirect(ConsoleEndpoints.PathOf(url));
        response.Headers.ContentSecurityPolicy = Policy;
        return Results.Text(PageFor(url), "text/html; charset=utf-8");
    }

    /// <summary>Whether the caller prefers HTML. Browsers request it explicitly; other programs accept anything or JSON.</summary>
    private static bool WantsHtml(HttpRequest request) => request.GetTypedHeaders().Accept.Any(
        accepted => accepted.Quality is not 0 && accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static string PageFor(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.AbsolutePath.TrimEnd('/') : "";
        return Template
            .Replace("{base}", WebUtility.HtmlEncode(path), StringComparison.Ordinal)
            .Replace("{url}", WebUtility.HtmlEncode(url), StringComparison.Ordinal);
    }

    private static string Description(string url) => new JsonObject
    {
        ["name"] = "ChatBotKit for .NET",
        ["api"] = url + ApiRoutes.Canonical,
        ["spec"] = url + SpecEndpoint.Path,
        ["keys"] = url + "/.well-known/jwks.json",
        ["health"] = url + "/health/ready",
    }.ToJsonString(ChatBotKitJson.ServerOptions);

    private static string ReadTemplate()
    {
        using var stream = typeof(StartPage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string StyleHash()
    {
        const string Begin = "<style>";
        var begin = Template.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = Template.IndexOf("</style>", begin, StringComparison.Ordinal);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Template[begin..end])));
    }
}
