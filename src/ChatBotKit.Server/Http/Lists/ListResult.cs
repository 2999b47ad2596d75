using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A list in the requested format: one page as JSON, or everything as JSON Lines, server-sent events or CSV. In a stream,
/// <c>take</c> is the total number of items. The list is read piece by piece while it is written, and a piece is read only after
/// the previous one was sent.
/// </summary>
/// <param name="query">The query of the request.</param>
/// <param name="source">Reads a piece, with all filters of the feature.</param>
/// <param name="id">Returns the id of an item, which is the cursor after it.</param>
/// <param name="write">Writes an item of a JSON page; null for the item's own JSON.</param>
/// <param name="raw">Writes items whose JSON is stored; null when the serializer writes them.</param>
internal sealed class ListResult<T>(
    ListQuery query, Func<ListPage, CancellationToken, Task<ListPiece<T>>> source, Func<T, string> id,
    Action<Utf8JsonWriter, T>? write = null, RawItems<T>? raw = null)
    : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var left = query.Format == ResponseFormat.Json ? query.PageSize : query.Take ?? int.MaxValue;
        // The first piece is read before the headers are sent, so that a failure still has its own status.
        var piece = await source(Page(query.Cursor, left), httpContext.RequestAborted);
        var writer = WriterFor(httpContext);
        using var owned = writer as IDisposable;
        writer.Begin();
        string? cursor = null;
        while (piece.Items.Count > 0 || piece.Looked is not null)
        {
            var (count, mayGoOn, isSearch) = (piece.Items.Count, piece.MayGoOn, piece.Looked is not null);
            cursor = isSearch ? mayGoOn ? piece.Looked : null : id(piece.Items[^1]);
            var writing = count == 0 ? Task.CompletedTask : writer.WriteAsync(piece.Items, httpContext.RequestAborted);
            // Release the piece while waiting for a slow client.
            piece = ListPiece.Nothing<T>();
            await writing;
            left -= count;
            if (!mayGoOn || left <= 0 || writer.IsFull || (isSearch && query.Format == ResponseFormat.Json))
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

/// <summary>Describes items whose JSON is stored.</summary>
/// <param name="Write">Writes the JSON of an item.</param>
/// <param name="Read">Returns the JSON of an item, for a table.</param>
/// <param name="Columns">The columns of a table.</param>
internal sealed record RawItems<T>(Action<Utf8JsonWriter, T> Write, Func<T, JsonElement> Read, IReadOnlyList<string> Columns);
