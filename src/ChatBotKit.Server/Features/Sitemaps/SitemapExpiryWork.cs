using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>
/// Deletes the records of an integration that no synchronization has found for as long as <c>expiresIn</c> says. Each synchronization sets
/// the time of the records that it finds.
/// </summary>
internal sealed class SitemapExpiryWork(IStore store, TimeProvider time) : IDueWorkHandler
{
    private const int BatchSize = 500;

    /// <summary>A hundred years in milliseconds. Records that would expire later do not.</summary>
    private const long MaxDelay = 36_525L * 86_400_000;

    public string Kind => SitemapSchedule.ExpiryKind;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, item.Key, SitemapKind.Name), cancellationToken) is not { } row
            || SitemapSchedule.ExpiresIn(row) is not { } expiresIn || (string?)ResourceEdit.Read(row.Data)["datasetId"] is not { } datasetId)
            return DueWorkResult.Done;
        var now = time.GetUtcNow();
        var before = now.ToUnixTimeMilliseconds() - expiresIn;
        var (from, to) = SitemapWork.RangeOf(datasetId, row.Id);
        var oldest = await store.QueryAsync(db => db.FindOldestRecordAsync(datasetId, from, to), cancellationToken);
        if (oldest is not { } at)
            return DueWorkResult.Done;
        if (at > before)
            return expiresIn < MaxDelay ? DueWorkResult.Again(DateTimeOffset.FromUnixTimeMilliseconds(at + expiresIn), "") : DueWorkResult.Done;
        return DueWorkResult.Again(now, "", async db =>
        {
            foreach (var record in await db.ListOldRecordsAsync(datasetId, from, to, before, BatchSize))
                await db.DeleteRecordAsync(record, now);
        });
    }
}
