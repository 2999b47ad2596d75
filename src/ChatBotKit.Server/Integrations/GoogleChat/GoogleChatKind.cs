using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.GoogleChat;

internal static class GoogleChatKind
{
    public const string Name = "integration.googlechat";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationGoogleChatItem, IntegrationGoogleChatCreateRequest, IntegrationGoogleChatUpdateRequest>(Name, "/integration/googlechat")
        {
            References = ChatIntegrations.References,
            Secrets = [new("serviceAccountKey")],
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false, ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
