using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Features.Uploads;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Features.Spaces.Sites;

/// <summary>
/// Responses with the pages of sites. A page under a path has the origin of this server, on which other pages can hold tokens, so browsers
/// run it in a sandbox: with an origin of its own that no other page has. A page on the host of its site needs none.
/// </summary>
internal static class SiteAnswer
{
    private const string Sandbox = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts";

    /// <summary>Creates the response with a file. The request may ask for a part of it.</summary>
    public static IResult Of(HttpContext context, OpenContent content)
    {
        Describe(context);
        FileDownload.DropBadRange(context.Request, hasTime: false);
        return TypedResults.Stream(
            content.Bytes, TypeOf(content), entityTag: new EntityTagHeaderValue($"\"{content.BlobId}\""), enableRangeProcessing: true);
    }

    /// <summary>Creates the response with the page for what does not exist.</summary>
    public static IResult NotFound(HttpContext context, OpenContent content)
    {
        Describe(context);
        return new MissingPage(content);
    }

    /// <summary>Creates the response where there is no page.</summary>
    public static IResult Nothing() => Results.Text("There is no such page.\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);

    private static void Describe(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = SiteHosts.IsOwnHost(context) ? default : (Microsoft.Extensions.Primitives.StringValues)Sandbox;
        // A page in a sandbox has no origin, so its own fonts and modules come from another one. Everybody may read them anyway.
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        // Browsers keep files, and ask each time whether they changed.
        headers.CacheControl = "no-cache";
    }

    private static string TypeOf(OpenContent content)
    {
        var type = content.Row.ContentType == FileNames.UnknownType
            ? FileNames.TypeOf(given: null, SpacePath.NameOf(content.Row.Path))
            : content.Row.ContentType;
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? $"{type}; charset=utf-8" : type;
    }

    /// <summary>A whole file with the status 404.</summary>
    private sealed class MissingPage(OpenContent content) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using (content)
            {
                var response = httpContext.Response;
                response.StatusCode = StatusCodes.Status404NotFound;
                (response.ContentType, response.ContentLength) = (TypeOf(content), content.Bytes.Length);
                if (!HttpMethods.IsHead(httpContext.Request.Method))
                    await content.Bytes.CopyToAsync(response.Body, httpContext.RequestAborted);
            }
        }
    }
}
