using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A list in the format that the caller asked for: one page as JSON, or everything as JSON Lines, server-sent events or CSV. In a
/// stream <c>take</c> is the total. The list is read from its source while it is written, a piece at a time, and no piece is read
/// before the one before it is on its way.
/// </summary>
/// <param name="query">The request.</param>
/// <param name="source">Gives a piece; it holds the whole query of the feature.</param>
/// <param name="id">The id of an item, which is the cursor behind it.</param>
/// <param name="write">Writes an item of a JSON page; null for the item's own JSON.</param>
/// <param name="raw">How items are written whose JSON is stored; null where the serializer knows them.</param>
internal sealed class ListResult<T>(
    ListQuery query, Func<ListPage, CancellationToken, Task<ListPiece<T>>> source, Func<T, string> id,
    Action<Utf8JsonWriter, T>? write = null, RawItems<T>? raw = null)
    : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var left = query.Format == ResponseFormat.Json ? query.PageSize : query.Take ?? int.MaxValue;
        // The first piece is read before the headers go, so that a failure still has its own status.
        var piece = await source(Page(query.Cursor, left), httpContext.RequestAborted);
        var writer = WriterFor(httpContext);
        using var owned = writer as IDisposable;
        writer.Begin();
        string? cursor = null;
        while (piece.Items.Count > 0)
        {
            var (count, mayGoOn) = (piece.Items.Count, piece.MayGoOn);
            cursor = id(piece.Items[^1]);
            var writing = writer.WriteAsync(piece.Items, httpContext.RequestAborted);
            // Nothing else is held while a slow reader is waited for.
            piece = ListPiece.Nothing<T>();
            await writing;
            left -= count;
            if (!mayGoOn || left <= 0 || writer.IsFull)
                break;
            piece = await source(Page(cursor, left), httpContext.RequestAborted);
        }

        await writer.EndAsync(cursor, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ListResponse<T>), ["application/json"]));
        builder.Metadata.Add(new StreamedAnswer(typeof(T), StreamKind.List));
    }

    private ListPage Page(string? cursor, int left) => new(cursor, query.Descending, Math.Min(left, ListQuery.MaxTake));

    private ListWriter<T> WriterFor(HttpContext context) => query.Format switch
    {
        ResponseFormat.Json when raw is not null => new JsonPageWriter<T>(context.Response, raw.Write),
        ResponseFormat.Csv when raw is not null => new CsvListWriter<T>(context.Response, raw.Read, raw.Columns),
        var format when raw is not null => new FramedListWriter<T>(context.Response, raw.Write, format),
        ResponseFormat.Json when write is not null => new JsonPageWriter<T>(context.Response, write),
        ResponseFormat.Json => new JsonPageWriter<T>(context.Response, ServerJson.Of<T>(context)),
        ResponseFormat.Csv => new CsvListWriter<T>(context.Response, ServerJson.Of<T>(context)),
        var format => new FramedListWriter<T>(context.Response, ServerJson.Of<T>(context), format),
    };
}

/// <summary>Items of which the JSON is stored.</summary>
/// <param name="Write">Writes the JSON of an item.</param>
/// <param name="Read">The JSON of an item, of which a table is made.</param>
/// <param name="Columns">The columns of a table.</param>
internal sealed record RawItems<T>(Action<Utf8JsonWriter, T> Write, Func<T, JsonElement> Read, IReadOnlyList<string> Columns);
