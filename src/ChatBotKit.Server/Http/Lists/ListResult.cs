using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A list in the format that the caller asked for: one page as JSON, or everything, page after page, as JSON Lines,
/// server-sent events or CSV. In a stream <c>take</c> is the total.
/// </summary>
/// <param name="query">The request.</param>
/// <param name="source">Gives one page, a <see cref="CutPage{T}"/> when more follow than were asked for; it holds the whole query of the feature.</param>
/// <param name="id">The id of an item, which is the cursor behind it.</param>
internal sealed class ListResult<T>(
    ListQuery query, Func<ListPage, CancellationToken, Task<IReadOnlyList<T>>> source, Func<T, string> id)
    : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var take = query.PageSize;
        // The first page is read before the headers go, so that a failure still has its own status.
        var first = await source(new ListPage(query.Cursor, query.Descending, take), httpContext.RequestAborted);
        var writer = ListWriter.For(query.Format, httpContext.Response, ServerJson.Of<T>(httpContext));
        await WritePagesAsync(writer, first, take, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ListResponse<T>), ["application/json"]));
        builder.Metadata.Add(new StreamedAnswer(typeof(T), StreamKind.List));
    }

    private async Task WritePagesAsync(
        ListWriter<T> writer, IReadOnlyList<T> page, int take, CancellationToken cancellationToken)
    {
        var left = query.Take ?? int.MaxValue;
        while (true)
        {
            var cursor = page.Count == 0 ? null : id(page[^1]);
            await writer.WritePageAsync(page, cursor, cancellationToken);
            left -= page.Count;
            if (query.Format == ResponseFormat.Json || (page.Count < take && page is not CutPage<T>) || left <= 0)
                return;
            take = Math.Min(left, ListQuery.MaxTake);
            page = await source(new ListPage(cursor, query.Descending, take), cancellationToken);
        }
    }
}
