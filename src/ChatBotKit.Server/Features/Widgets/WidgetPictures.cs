using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Features.Widgets;

/// <summary>
/// Serves the pictures of widgets. The page of a visitor has no credential when it loads them, so a picture is sent to every caller that
/// has its address. An address contains the id of the bytes and never leads to others, so browsers keep the picture.
/// </summary>
internal sealed class WidgetPictures(IStore store, ContentReader reader, PublicAddress address)
{
    /// <summary>The maximum size in bytes. Larger files are not pictures of the widget.</summary>
    public const long MaxBytes = 1_000_000;

    private const string CacheControl = "public, max-age=31536000, immutable";

    /// <summary>The media types. An SVG is a document, and can contain scripts.</summary>
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

    /// <summary>Returns the addresses of the pictures of a widget by place; null when it has none.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> AddressesAsync(string widgetId, HttpContext context)
    {
        var pictures = await ListAsync(widgetId, context.RequestAborted);
        return pictures.Count == 0
            ? null
            : pictures.ToDictionary(one => one.Place, one => $"{address.Of(context.Request)}/widget/pictures/{widgetId}/{one.BlobId}", StringComparer.Ordinal);
    }

    /// <summary>Sends a picture.</summary>
    /// <exception cref="ApiException">404: the widget does not have it, or no longer.</exception>
    public async Task<IResult> GetAsync(string widgetId, string pictureId, HttpContext context)
    {
        var pictures = await ListAsync(widgetId, context.RequestAborted);
        if (pictures.Find(one => one.BlobId == pictureId) is not { } picture
            || await reader.OpenAsync(picture.FileId, ContentRow.OfFile, context.RequestAborted) is not { } content)
            throw NotFound();
        if (content.BlobId != pictureId)
        {
            await content.DisposeAsync();
            throw NotFound();
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = CacheControl;
        return TypedResults.Stream(content.Bytes, picture.ContentType, entityTag: new EntityTagHeaderValue($"\"{pictureId}\""));
    }

    private async Task<List<WidgetPicture>> ListAsync(string widgetId, CancellationToken cancellationToken) =>
        [.. (await store.QueryAsync(db => db.ListWidgetPicturesAsync(widgetId), cancellationToken))
            .Where(one => one.Size <= MaxBytes && Types.Contains(one.ContentType, StringComparer.OrdinalIgnoreCase))];

    private static ApiException NotFound() => ApiException.NotFound("Picture");
}
