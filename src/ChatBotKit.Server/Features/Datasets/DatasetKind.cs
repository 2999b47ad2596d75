using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Datasets;

internal static class DatasetKind
{
    public const string Name = "dataset";

    public static ResourceKind Create() => new ResourceKind<DatasetItem, DatasetCreateRequest, DatasetUpdateRequest>(Name, "/dataset")
    {
        Defaults = new() { ["store"] = "default" },
        // The server has a single store.
        Ignored = ["store"],
        CheckItem = static (item, check) =>
        {
            check.Faults.CheckAtLeast(item.RecordMaxTokens, 1, "recordMaxTokens");
            check.Faults.CheckAtLeast(item.SearchMinScore, 0, "searchMinScore");
            check.Faults.CheckAtLeast(item.SearchMaxRecords, 1, "searchMaxRecords");
            check.Faults.CheckAtLeast(item.SearchMaxTokens, 1, "searchMaxTokens");
        },
        NamedBy = [ConversationTable.Dataset],
        OnRemoval = static (db, deletion, now) => db.DeleteRecordsLaterAsync(deletion.Id, now),
    };
}
