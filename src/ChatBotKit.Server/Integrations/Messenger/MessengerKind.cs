using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Messenger;

internal static class MessengerKind
{
    public const string Name = "integration.messenger";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationMessengerItem, IntegrationMessengerCreateRequest, IntegrationMessengerUpdateRequest>(Name, "/integration/messenger")
        {
            References = ChatIntegrations.References,
            Secrets = [new("accessToken"), new("appSecret"), new("verifyToken") { IsServerMade = true }],
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false }),
            CheckItem = ChatIntegrations.Check,
        };
}
