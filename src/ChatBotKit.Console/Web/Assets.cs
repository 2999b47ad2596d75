using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>The style sheet, the modules and the icon of the console.</summary>
internal static class Assets
{
    private const string Prefix = "console/";

    private static readonly ConcurrentDictionary<string, Asset?> Read = new(StringComparer.Ordinal);

    private static readonly string[] Names =
        [.. typeof(Assets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])];

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{name}", [HttpMethods.Get], (RequestDelegate)AnswerAsync).ForStrangers();

    public static string VersionOf(string name) => Find(name)?.Version ?? throw new ArgumentException($"There is no file {name}.", nameof(name));

    private static Task AnswerAsync(HttpContext context)
    {
        var asset = Find((string)context.Request.RouteValues["name"]!) ?? throw new PageNotFoundException();
        // The address has the version of the file, so a browser may keep it.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type).ExecuteAsync(context);
    }

    // Only existing names become entries, so that requests for others take no memory.
    private static Asset? Find(string name) => Names.Contains(name, StringComparer.Ordinal) ? Read.GetOrAdd(name, Load) : null;

    private static Asset? Load(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(Prefix + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(content, TypeOf(name), Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6)));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private sealed record Asset(byte[] Content, string Type, string Version);
}
