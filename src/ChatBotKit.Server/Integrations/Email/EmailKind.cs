using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Email;

internal static class EmailKind
{
    public const string Name = "integration.email";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationEmailItem, IntegrationEmailCreateRequest, IntegrationEmailUpdateRequest>(Name, "/integration/email")
        {
            References = ChatIntegrations.References,
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false, ["allowFrom"] = ChatIntegrations.Everybody }),
            CheckItem = ChatIntegrations.Check,
        };
}
