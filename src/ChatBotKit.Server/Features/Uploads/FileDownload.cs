using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Responses with the bytes of a file.</summary>
internal static class FileDownload
{
    /// <summary>Creates the response with a content. Its address can lead to other bytes at any time.</summary>
    public static IResult Of(HttpContext context, OpenContent content, string name) =>
        Of(context, content.Bytes, content.BlobId, content.Row.ContentType, name, updatedAt: null);

    /// <summary>Creates the response. The request may ask for a part of the file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">The bytes, which the response disposes.</param>
    /// <param name="blobId">The id of the blob. A blob never changes, so its id is a strong validator, with which a client resumes a download.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="name">The name under which a browser saves the file.</param>
    /// <param name="updatedAt">
    /// The time from which on the address leads to these bytes; null when it can lead to others within the same second, so that the
    /// time can't tell them apart.
    /// </param>
    public static IResult Of(
        HttpContext context, Stream content, string blobId, string contentType, string name, DateTimeOffset? updatedAt)
    {
        var headers = context.Response.Headers;
        // The file comes from a third party but has this server's address, so browsers must not treat it as a page of this server.
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        // Pages of other origins may embed the file, even pages with cross-origin isolation.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "private, no-store";
        DropBadRange(context.Request, hasTime: updatedAt is not null);
        return TypedResults.Stream(
            content, contentType, name, updatedAt, new EntityTagHeaderValue($"\"{blobId}\""), enableRangeProcessing: true);
    }

    /// <summary>
    /// Removes a range that must be ignored: the framework takes a range in any unit for one in bytes, and any time for a good one when the
    /// file has none.
    /// </summary>
    public static void DropBadRange(HttpRequest request, bool hasTime)
    {
        var headers = request.GetTypedHeaders();
        if ((headers.Range is { } range && !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
            || (!hasTime && headers.IfRange?.LastModified is not null))
            request.Headers.Range = default;
    }
}
