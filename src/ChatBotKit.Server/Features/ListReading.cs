using ChatBotKit.Server.Http;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features;

internal static class ListReading
{
    /// <summary>Reads rows until there are as many as wanted, or as much as a piece may hold: never a whole page of large ones.</summary>
    /// <param name="rows">The rows behind the cursor, in their order.</param>
    /// <param name="page">How many are wanted.</param>
    /// <param name="characters">How many characters a row holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ListPiece<T>> ReadPieceAsync<T>(
        this IQueryable<T> rows, ListPage page, Func<T, int> characters, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var held = 0L;
        await foreach (var row in rows.Take(page.Take).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            items.Add(row);
            held += characters(row);
            if (held >= ListPage.PieceCharacters)
                return new ListPiece<T>(items, MayGoOn: true);
        }

        return ListPiece.Of(items, page);
    }
}
