using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.WhatsApp;

internal static class WhatsAppKind
{
    public const string Name = "integration.whatsapp";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationWhatsAppItem, IntegrationWhatsAppCreateRequest, IntegrationWhatsAppUpdateRequest>(Name, "/integration/whatsapp")
        {
            References = ChatIntegrations.References,
            Secrets = [new("accessToken"), new("appSecret"), new("verifyToken") { IsServerMade = true }],
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false, ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
