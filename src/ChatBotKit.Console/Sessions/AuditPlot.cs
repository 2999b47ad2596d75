using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Sessions;

/// <summary>The sessions of the last days that were minted, refused and revoked, from the newest records of the audit.</summary>
internal static class AuditPlot
{
    private const int Days = 7;

    /// <summary>The records that are read of each type. A server with more shows a part, and says so.</summary>
    private const int Most = 500;

    private const int PageSize = 100;

    public static async Task<Plot> ReadAsync(Page page)
    {
        var since = new DateTimeOffset(page.Settings.Time.GetUtcNow().Date, TimeSpan.Zero).AddDays(1 - Days);
        var read = await Task.WhenAll(
            ReadAsync(page, SessionAuditType.Mint, since), ReadAsync(page, SessionAuditType.Refuse, since), ReadAsync(page, SessionAuditType.Revoke, since));
        return new Plot("Sessions", [.. Enumerable.Range(0, Days).Select(day => DateOnly.FromDateTime(since.UtcDateTime).AddDays(day))],
        [
            new("minted", read[0].Values), new("requests refused", read[1].Values), new("revoked", read[2].Values),
        ])
        {
            HasLines = true,
            IsPart = read.Any(static one => one.IsPart),
        };
    }

    private static async Task<(IReadOnlyList<long?> Values, bool IsPart)> ReadAsync(Page page, SessionAuditType type, DateTimeOffset since)
    {
        var (values, cursor, records) = (Enumerable.Repeat<long?>(0, Days).ToArray(), (string?)null, 0);
        do
        {
            var found = await page.Api.Session.Audit.ListAsync(new() { Cursor = cursor, Take = PageSize, Type = type }, page.Aborted);
            foreach (var one in found.Items)
            {
                if (one.CreatedAt < since)
                    return (values, false);
                values[Math.Min(Days - 1, (int)(one.CreatedAt - since).TotalDays)] += one.Count;
            }

            records += found.Items.Count;
            cursor = found.Items.Count == PageSize ? found.Cursor : null;
        }
        while (cursor is not null && records < Most);
        return (values, cursor is not null);
    }
}
