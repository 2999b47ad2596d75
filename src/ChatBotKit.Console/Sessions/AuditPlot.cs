using ChatBotKit.AdminConsole.Overview;
using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Sessions;

/// <summary>The sessions of the last days that were minted, refused and revoked, from the newest records of the audit.</summary>
internal static class AuditPlot
{
    private const int Days = 7;

    public static async Task<Plot> ReadAsync(Page page)
    {
        var since = new DateTimeOffset(page.Settings.Time.GetUtcNow().Date, TimeSpan.Zero).AddDays(1 - Days);
        var figures = await Task.WhenAll(
            ReadAsync(page, "minted", SessionAuditType.Mint, since), ReadAsync(page, "requests refused", SessionAuditType.Refuse, since),
            ReadAsync(page, "revoked", SessionAuditType.Revoke, since));
        return new Plot("Sessions", figures[0].Days, [.. figures.Select(static one => new PlotSeries(one.Name, [.. one.Values.Select(static value => (long?)value)]))])
        {
            HasLines = true,
            IsPart = figures.Any(static one => one.IsPart),
        };
    }

    private static async Task<Figure> ReadAsync(Page page, string name, SessionAuditType type, DateTimeOffset since)
    {
        var records = await RecentItems.OfAuditAsync(page, type, since);
        return Figure.Of(name, records.Items.Select(static one => (one.CreatedAt, (long)one.Count)), since, Days, records.IsPart);
    }
}
