using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Trigger;

internal static class TriggerKind
{
    public const string Name = "integration.trigger";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationTriggerItem, IntegrationTriggerCreateRequest, IntegrationTriggerUpdateRequest>(Name, "/integration/trigger")
        {
            References = ChatIntegrations.References,
            Secrets = [new("secret") { IsServerMade = true }],
            Defaults = new() { ["authenticate"] = true },
            LostByClone = ["schedule"],
            CheckItem = static (item, check) =>
            {
                check.Faults.CheckSchedule(item.Schedule);
                check.Faults.CheckTimezone(item.Timezone);
                ChatIntegrations.CheckSessionDuration(item.SessionDuration, check);
            },
        };
}
