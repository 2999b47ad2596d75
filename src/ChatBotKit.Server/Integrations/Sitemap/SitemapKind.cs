using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Sitemap;

internal static class SitemapKind
{
    public const string Name = "integration.sitemap";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationSitemapItem, IntegrationSitemapCreateRequest, IntegrationSitemapUpdateRequest>(Name, "/integration/sitemap")
        {
            References = [new("datasetId", "dataset")],
            Defaults = new() { ["datasetId"] = null, ["javascript"] = false, ["syncStatus"] = IntegrationSyncStatus.Pending.Value },
            LostByClone = ["syncSchedule"],
            OnStored = SitemapSchedule.StoreAsync,
            OnRemoval = static (db, integration, _) => SitemapSchedule.ForgetAsync(db, integration.Id),
            CheckItem = static (item, check) =>
            {
                check.Faults.CheckSchedule(item.SyncSchedule, "syncSchedule");
                check.Faults.CheckAtLeast(item.ExpiresIn, 0, "expiresIn");
            },
        };
}
