using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Trigger;

internal static class TriggerKind
{
    public const string Name = "integration.trigger";

    /// <summary>When the schedule of a trigger starts its bot.</summary>
    public static ResourceSchedule Schedule { get; } = new("trigger-schedule", "nextTriggerAt");

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationTriggerItem, IntegrationTriggerCreateRequest, IntegrationTriggerUpdateRequest>(Name, "/integration/trigger")
        {
            References = ChatIntegrations.References,
            Secrets = [new("secret") { IsServerMade = true }],
            Defaults = new() { ["authenticate"] = true },
            LostByClone = ["schedule"],
            Derive = Schedule.Derive,
            OnStored = Schedule.StoreAsync,
            OnRemoval = static (db, trigger, _) => db.DeleteDueWorkAsync(Schedule.WorkKind, trigger.Id),
            CheckItem = static (item, check) =>
            {
                check.Faults.CheckSchedule(item.Schedule);
                check.Faults.CheckTimezone(item.Timezone);
                ChatIntegrations.CheckSessionDuration(item.SessionDuration, check);
            },
        };
}
