using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>
/// Starts a synchronization when the schedule of an integration comes. One that still waits or runs is the same one, and an integration without a
/// dataset is left out.
/// </summary>
internal sealed class SitemapScheduleWork(IStore store, ResourceStore resources, TimeProvider time) : IDueWorkHandler
{
    public string Kind => SitemapSchedule.WorkKind;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, item.Key, SitemapKind.Name), cancellationToken) is not { } row)
            return DueWorkResult.Done;
        var now = time.GetUtcNow();
        var next = SitemapSchedule.NextAfter(item.Payload, item.ScheduledAt, now);
        ValueTask StartAsync(ISqlTransaction db) =>
            (string?)ResourceEdit.Read(row.Data)["datasetId"] is null ? ValueTask.CompletedTask : SitemapWork.StartAsync(db, resources, row.Id, now);
        return next is { } at ? DueWorkResult.Again(at, item.Payload, StartAsync) : DueWorkResult.With(StartAsync);
    }
}
