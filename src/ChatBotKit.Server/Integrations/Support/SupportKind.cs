using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Support;

internal static class SupportKind
{
    public const string Name = "integration.support";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationSupportItem, IntegrationSupportCreateRequest, IntegrationSupportUpdateRequest>(Name, "/integration/support")
        {
            References = ChatIntegrations.References,
            Defaults = new() { ["botId"] = null, ["trigger"] = IntegrationTriggerMode.Automatic.Value },
            CheckItem = static (item, check) =>
            {
                if (check.Changed.Contains("email"))
                    check.Faults.CheckEmail(item.Email);
            },
        };
}
