using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Telegram;

internal static class TelegramKind
{
    public const string Name = "integration.telegram";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationTelegramItem, IntegrationTelegramCreateRequest, IntegrationTelegramUpdateRequest>(Name, "/integration/telegram")
        {
            References = ChatIntegrations.References,
            Secrets = [new("botToken")],
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false, ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
