using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Integrations.Sitemap;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>
/// Fills a dataset from a site. The whole site is read first; then its records take the place of the earlier ones in the transaction that
/// ends the work, so that it can be killed at any moment and done again. Records of pages that could not be read now remain.
/// </summary>
internal sealed class SitemapWork(IStore store, SitemapCrawl crawl, DatasetSearch datasets, ResourceStore resources, TimeProvider time) : IDueWorkHandler
{
    public const string WorkKind = "sitemap-sync";

    /// <summary>The maximum number of records of a site, which are stored in one transaction that other writes wait for.</summary>
    private const int MaxRecords = 2_000;

    private const int MaxTitle = 500;

    public string Kind => WorkKind;

    public int AtOnce => 1;

    public int Attempts => 3;

    public TimeSpan Limit => TimeSpan.FromMinutes(30);

    /// <summary>Starts a synchronization in a transaction. One that waits or runs is the same one.</summary>
    public static async ValueTask StartAsync(ISqlTransaction db, ResourceStore resources, string id, DateTimeOffset now)
    {
        await db.EnsureDueWorkAsync(DueWorkRow.New(WorkKind, id, now, now));
        await resources.EditAsync(db, id, now.ToUnixTimeMilliseconds(), static fields => fields["syncStatus"] = IntegrationSyncStatus.Pending.Value);
    }

    /// <summary>Returns the ends of the ids of an integration's records, of which the second is not among them.</summary>
    public static (string From, string To) RangeOf(string datasetId, string id) => ($"{datasetId}-{id}-", $"{datasetId}-{id}.");

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var (integration, dataset) = await store.QueryAsync(db => FindAsync(db, item.Key), cancellationToken);
        if (integration is null)
            return DueWorkResult.Done;
        var settings = ResourceEdit.Read(integration.Data);
        if (dataset is null || !SitemapEndpoints.TryReadUrl((string?)settings["url"], out var url))
            return EndOf(item.Key, IntegrationSyncStatus.Error);
        try
        {
            var rules = SitemapRules.Parse((string?)settings["glob"]);
            return await crawl.ReadAsync(url, rules, (string?)settings["selectors"], cancellationToken) is { } site
                ? DueWorkResult.With(db => PublishAsync(db, item.Key, dataset, site))
                : EndOf(item.Key, IntegrationSyncStatus.Error);
        }
        catch (DomException)
        {
            // The selectors are malformed.
            return EndOf(item.Key, IntegrationSyncStatus.Error);
        }
    }

    /// <summary>The owner must see the failure, and a new synchronization must be possible.</summary>
    public DueWorkResult GiveUp(DueWorkItem item) => EndOf(item.Key, IntegrationSyncStatus.Error);

    private static async ValueTask<(ResourceRow? Integration, ResourceRow? Dataset)> FindAsync(ISqlSession db, string id)
    {
        if (await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, SitemapKind.Name) is not { } integration)
            return (null, null);
        var dataset = (string?)ResourceEdit.Read(integration.Data)["datasetId"] is { } datasetId
            ? await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, datasetId, DatasetKind.Name)
            : null;
        return (integration, dataset);
    }

    private DueWorkResult EndOf(string id, IntegrationSyncStatus status) => DueWorkResult.With(async db => await StoreStatusAsync(db, id, status));

    private ValueTask<bool> StoreStatusAsync(ISqlTransaction db, string id, IntegrationSyncStatus status)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return resources.EditAsync(db, id, now, fields =>
        {
            fields["syncStatus"] = status.Value;
            if (status == IntegrationSyncStatus.Synced)
                fields["lastSyncedAt"] = now;
        });
    }

    private async ValueTask PublishAsync(ISqlTransaction db, string id, ResourceRow dataset, SitemapPages site)
    {
        // The integration, its dataset or the dataset of the integration may be others by now.
        var (integration, current) = await FindAsync(db, id);
        if (integration is null || current?.Id != dataset.Id)
            return;
        var (now, stored, expires) = (time.GetUtcNow(), new HashSet<string>(StringComparer.Ordinal), SitemapSchedule.ExpiresIn(integration) is not null);
        foreach (var record in site.Pages.SelectMany(page => RecordsOf(id, dataset, page, now.ToUnixTimeMilliseconds())).Take(MaxRecords))
        {
            if (!await db.PutRecordAsync(record) && expires)
                await db.TouchRecordAsync(record);
            stored.Add(record.Id);
        }

        var kept = site.Unreachable.Select(url => PrefixOf(dataset.Id, id, url)).ToHashSet(StringComparer.Ordinal);
        var (from, to) = RangeOf(dataset.Id, id);
        foreach (var old in await db.ListRecordIdsAsync(dataset.Id, from, to))
        {
            if (!stored.Contains(old) && !kept.Contains(old[..(old.LastIndexOf('-') + 1)]) && await db.FindRecordAsync(dataset.Id, old) is { } record)
                await db.DeleteRecordAsync(record, now);
        }

        await StoreStatusAsync(db, id, IntegrationSyncStatus.Synced);
        if (expires)
            await db.ScheduleDueWorkAsync(SitemapSchedule.ExpiryKind, id, now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
    }

    private IEnumerable<RecordRow> RecordsOf(string id, ResourceRow dataset, SitemapPage page, long now)
    {
        var prefix = PrefixOf(dataset.Id, id, page.Url);
        return TextChunks.Of(page.Blocks, FileImport.OptionsOf(datasets.SettingsOf(dataset))).Select((chunk, index) => new RecordRow
        {
            DatasetId = dataset.Id,
            Id = prefix + index.ToString(CultureInfo.InvariantCulture),
            Text = StorableText.Of(chunk.Text),
            Source = page.Url.AbsoluteUri,
            Meta = new JsonObject { ["title"] = TitleOf(page, chunk) }.ToJsonString(ChatBotKitJson.ServerOptions),
            CreatedAt = now,
            UpdatedAt = now,
        });
    }

    private static string TitleOf(SitemapPage page, TextChunk chunk)
    {
        var title = StorableText.Of(string.Join(FileImport.BetweenHeadings, new[] { page.Title.Trim(), chunk.Title }.Where(part => part.Length > 0).Distinct()));
        return title.Length <= MaxTitle ? title : StorableText.Of(title[..MaxTitle]);
    }

    /// <summary>Returns the beginning of the ids of a page's records, which follow from their places alone, so that the same text keeps its record.</summary>
    private static string PrefixOf(string datasetId, string id, Uri page) => $"{datasetId}-{id}-{DerivedId.Of("page", page.AbsoluteUri)}-";
}
