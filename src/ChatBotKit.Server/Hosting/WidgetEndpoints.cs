using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Widget;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Serves the modules of the chat widget to pages of any origin. They are the same for everybody. Each is compressed when it is
/// requested for the first time, so that a server whose widget is not used neither computes nor keeps anything.
/// </summary>
internal static class WidgetEndpoints
{
    private const string Brotli = "br";
    private const string FiveMinutes = "public, max-age=300";

    private static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    private static readonly ConcurrentDictionary<string, Lazy<Module>> Modules = new(StringComparer.Ordinal);

    /// <summary>Maps the modules at <c>/widget/v1/</c>.</summary>
    public static void MapWidget(this IEndpointRouteBuilder app) =>
        app.MapMethods("/widget/v1/{**path}", Verbs, Get).ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);

    /// <exception cref="ApiException">404: there is no such module.</exception>
    private static FileContentHttpResult Get(string? path, HttpContext context)
    {
        // Only existing paths become entries, so that requests for others take no memory.
        if (path is null || !WidgetFiles.Paths.Contains(path))
            throw ApiException.NotFound("Module");
        var module = Modules.GetOrAdd(path, static path => new(() => Module.Load(path))).Value;
        var headers = context.Response.Headers;
        headers.CacheControl = FiveMinutes;
        headers.Vary = HeaderNames.AcceptEncoding;
        // Set for requests without an origin too, because a cache may give the response to a page that sends one.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var isCompressed = TakesBrotli(context.Request);
        if (isCompressed)
            headers.ContentEncoding = Brotli;
        return TypedResults.Bytes(
            isCompressed ? module.Compressed : module.Content, "text/javascript; charset=utf-8", entityTag: isCompressed ? module.CompressedTag : module.Tag);
    }

    private static bool TakesBrotli(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding.Any(
        accepted => accepted.Quality is not 0 && accepted.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase));

    /// <summary>A module, as it is and compressed. Both have a tag, because they differ in their bytes.</summary>
    private sealed record Module(byte[] Content, byte[] Compressed, EntityTagHeaderValue Tag, EntityTagHeaderValue CompressedTag)
    {
        public static Module Load(string path)
        {
            if (!WidgetFiles.TryOpen(path, out var file))
                throw ApiException.NotFound("Module");
            using (file)
            {
                using var reader = new StreamReader(file);
                var content = Encoding.UTF8.GetBytes(WithoutComments(reader.ReadToEnd()));
                var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
                return new Module(content, Compress(content), new($"\"{hash}\""), new($"\"{hash}-{Brotli}\""));
            }
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

        private static byte[] Compress(byte[] content)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
                brotli.Write(content);
            return target.ToArray();
        }
    }
}
