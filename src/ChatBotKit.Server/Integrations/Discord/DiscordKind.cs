using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Discord;

internal static class DiscordKind
{
    public const string Name = "integration.discord";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationDiscordItem, IntegrationDiscordCreateRequest, IntegrationDiscordUpdateRequest>(Name, "/integration/discord")
        {
            References = ChatIntegrations.References,
            Secrets = [new("botToken"), new("publicKey")],
            Defaults = ChatIntegrations.Defaults(new() { ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
