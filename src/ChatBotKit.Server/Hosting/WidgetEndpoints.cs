using System.Collections.Concurrent;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Widget;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Serves the modules of the chat widget to pages of any origin. They are the same for everybody. They are compressed when a page has
/// requested the first of them, so that a server whose widget is not used neither computes nor keeps anything.
/// </summary>
internal static class WidgetEndpoints
{
    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    private const string Launcher = "chat.js";

    private static readonly ConcurrentDictionary<string, Lazy<EncodedContent>> Modules = new(StringComparer.Ordinal);

    /// <summary>
    /// Compresses the modules that an opened chat needs. The first visitor of a page with the launcher does not wait for it, because people
    /// need longer to click.
    /// </summary>
    private static readonly Lazy<Task> Preparation = new(() => Task.Run(() =>
    {
        foreach (var path in WidgetFiles.Paths.Where(static path => !path.StartsWith("lang/", StringComparison.Ordinal)))
            _ = Find(path);
    }));

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
        var module = Find(path);
        if (path == Launcher)
            _ = Preparation.Value;
        return module.AnswerTo(context);
    }

    private static EncodedContent Find(string path) => Modules.GetOrAdd(path, static path => new(() => Load(path))).Value;

    private static EncodedContent Load(string path)
    {
        if (!WidgetFiles.TryOpen(path, out var file))
            throw ApiException.NotFound("Module");
        using var reader = new StreamReader(file);
        return new EncodedContent(Encoding.UTF8.GetBytes(Compact(reader.ReadToEnd())), "text/javascript; charset=utf-8");
    }

    /// <summary>
    /// Removes what people alone read: lines that are only comments, empty lines, and indentation. They are a sixth of what a browser would
    /// load. A text of several lines in a module loses its indentation too, so only style sheets may be such texts.
    /// </summary>
    private static string Compact(string source)
    {
        var result = new StringBuilder(source.Length);
        var isInside = false;
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            var isComment = isInside || text.StartsWith("//") || (text.StartsWith("/**") && (text.EndsWith("*/") || !text.Contains("*/", StringComparison.Ordinal)));
            isInside = isComment && (isInside || text.StartsWith("/**")) && !text.EndsWith("*/");
            if (!isComment && !text.IsEmpty)
                result.Append(text).Append('\n');
        }

        return result.ToString();
    }
}
