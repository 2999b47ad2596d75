using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Policies;

internal static class PolicyKind
{
    public const string Name = "policy";

    public static ResourceKind Create() => new ResourceKind<PolicyItem, PolicyCreateRequest, PolicyUpdateRequest>(Name, "/policy")
    {
        References = [new("botId", "bot") { Deleted = OnTargetDeleted.Cascade }],
        Defaults = new() { ["type"] = PolicyType.Retention.Value },
        OnStored = static (db, row) => db.LiftBlockAsync(row.Id),
        CheckItem = static (item, check) =>
        {
            if (item.Config is { } config)
                PolicyConfig.Check(item.Type, config, check.Faults);
        },
    };
}
