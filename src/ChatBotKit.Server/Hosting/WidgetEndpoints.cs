using System.Collections.Concurrent;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Widget;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Serves the modules of the chat widget to pages of any origin. They are the same for everybody. Each is compressed when it is
/// requested for the first time, so that a server whose widget is not used neither computes nor keeps anything.
/// </summary>
internal static class WidgetEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    private static readonly ConcurrentDictionary<string, Lazy<EncodedContent>> Modules = new(StringComparer.Ordinal);

    /// <summary>
    /// Maps the modules at <c>/widget/v1/</c>, and the script of the official embed snippet at the path that it has there.
    /// </summary>
    public static void MapWidget(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/widget/v1/{**path}", Verbs, Get).ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);
        app.MapMethods("/integrations/widget/v2.js", Verbs, GetLoader).ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);
    }

    private static FileContentHttpResult GetLoader(HttpContext context) => Get("official-loader.js", context);

    /// <exception cref="ApiException">404: there is no such module.</exception>
    private static FileContentHttpResult Get(string? path, HttpContext context)
    {
        // Only existing paths become entries, so that requests for others take no memory.
        if (path is null || !WidgetFiles.Paths.Contains(path))
            throw ApiException.NotFound("Module");
        var headers = context.Response.Headers;
        // Set for requests without an origin too, because a cache may give the response to a page that sends one.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Modules.GetOrAdd(path, static path => new(() => Load(path))).Value.AnswerTo(context);
    }

    private static EncodedContent Load(string path)
    {
        if (!WidgetFiles.TryOpen(path, out var file))
            throw ApiException.NotFound("Module");
        using var reader = new StreamReader(file);
        return new EncodedContent(Encoding.UTF8.GetBytes(WithoutComments(reader.ReadToEnd())), "text/javascript; charset=utf-8");
    }

    /// <summary>Removes lines that are only comments. They are a sixth of what a browser would load.</summary>
    private static string WithoutComments(string source)
    {
        var result = new StringBuilder(source.Length);
        var isInside = false;
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            var isComment = isInside || text.StartsWith("//") || (text.StartsWith("/**") && (text.EndsWith("*/") || !text.Contains("*/", StringComparison.Ordinal)));
            isInside = isComment && (isInside || text.StartsWith("/**")) && !text.EndsWith("*/");
            if (!isComment)
                result.Append(line).Append('\n');
        }

        return result.ToString();
    }
}
