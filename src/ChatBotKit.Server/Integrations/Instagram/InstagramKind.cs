using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Instagram;

internal static class InstagramKind
{
    public const string Name = "integration.instagram";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationInstagramItem, IntegrationInstagramCreateRequest, IntegrationInstagramUpdateRequest>(Name, "/integration/instagram")
        {
            References = ChatIntegrations.References,
            Secrets = [new("accessToken"), new("appSecret"), new("verifyToken") { IsServerMade = true }],
            Defaults = ChatIntegrations.Defaults(new() { ["attachments"] = false }),
            CheckItem = ChatIntegrations.Check,
        };
}
