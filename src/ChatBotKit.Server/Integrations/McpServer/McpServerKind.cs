using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.McpServer;

internal static class McpServerKind
{
    public const string Name = "integration.mcpserver";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationMcpServerItem, IntegrationMcpServerCreateRequest, IntegrationMcpServerUpdateRequest>(Name, "/integration/mcpserver")
        {
            References = [new("skillsetId", "skillset"), new("oAuthConnectionId", "oAuthConnection")],
            Secrets = [new("accessToken") { IsServerMade = true }],
        };
}
