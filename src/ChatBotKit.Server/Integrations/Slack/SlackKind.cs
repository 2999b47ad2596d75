using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Slack;

internal static class SlackKind
{
    public const string Name = "integration.slack";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationSlackItem, IntegrationSlackCreateRequest, IntegrationSlackUpdateRequest>(Name, "/integration/slack")
        {
            References = ChatIntegrations.References,
            Secrets = [new("signingSecret"), new("botToken"), new("userToken")],
            Defaults = ChatIntegrations.Defaults(new() { ["allowFrom"] = ChatIntegrations.Everybody, ["references"] = false, ["ratings"] = false, ["visibleMessages"] = 0 }),
            CheckItem = static (item, check) =>
            {
                ChatIntegrations.Check(item, check);
                check.Faults.CheckRange(item.VisibleMessages, 0, 10, "visibleMessages");
            },
        };
}
