namespace ChatBotKit.AdminConsole.Web;

/// <summary>The items of a list from its newest one back to a time.</summary>
/// <param name="Items">The items, the newest first.</param>
/// <param name="IsPart">Whether the limit was reached before the time, so that there may be more.</param>
internal sealed record RecentItems<T>(IReadOnlyList<T> Items, bool IsPart);

/// <summary>Reads lists from their newest item back to a time, up to 500 items.</summary>
internal static class RecentItems
{
    /// <summary>The number of items of a page, which the caller asks for.</summary>
    public const int PageSize = 100;

    private const int MaxPages = 5;

    /// <param name="readAsync">Reads the page at a cursor.</param>
    /// <param name="timeOf">Returns the time of an item.</param>
    /// <param name="since">The time.</param>
    public static async Task<RecentItems<T>> ReadAsync<T>(Func<string?, Task<ListResponse<T>>> readAsync, Func<T, DateTimeOffset> timeOf, DateTimeOffset since)
    {
        var items = new List<T>();
        string? cursor = null;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var answer = await readAsync(cursor);
            items.AddRange(answer.Items.TakeWhile(item => timeOf(item) >= since));
            cursor = answer.Cursor;
            if (cursor is null || answer.Items.Count == 0 || timeOf(answer.Items[^1]) < since)
                break;
        }

        return new(items, items.Count == PageSize * MaxPages);
    }

    /// <summary>Reads the audit records of a type.</summary>
    public static Task<RecentItems<SessionAuditItem>> OfAuditAsync(Page page, SessionAuditType type, DateTimeOffset since) => ReadAsync(
        cursor => page.Api.Session.Audit.ListAsync(new() { Cursor = cursor, Take = PageSize, Type = type }, page.Aborted).AsTask(page.Aborted),
        static one => one.CreatedAt, since);
}
