using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Notion;

internal static class NotionKind
{
    public const string Name = "integration.notion";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationNotionItem, IntegrationNotionCreateRequest, IntegrationNotionUpdateRequest>(Name, "/integration/notion")
        {
            References = [new("datasetId", "dataset")],
            Secrets = [new("token")],
            Defaults = new() { ["datasetId"] = null, ["syncStatus"] = IntegrationSyncStatus.Pending.Value },
            LostByClone = ["syncSchedule"],
            CheckItem = static (item, check) =>
            {
                check.Faults.CheckSchedule(item.SyncSchedule, "syncSchedule");
                check.Faults.CheckAtLeast(item.ExpiresIn, 0, "expiresIn");
            },
        };
}
