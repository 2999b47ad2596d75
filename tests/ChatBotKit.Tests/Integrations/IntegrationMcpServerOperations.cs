namespace ChatBotKit.Tests;

internal static class IntegrationMcpServerOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationMcpServerItem, IntegrationMcpServerCreateRequest, IntegrationMcpServerUpdateRequest>(
            "mcpserver",
            api => api.Integration.McpServer,
            new IntegrationMcpServerCreateRequest { SkillsetId = "s1", OAuthConnectionId = "oA1", Alias = "main", Name = "Support" },
            """{"skillsetId":"s1","oAuthConnectionId":"oA1","alias":"main","name":"Support"}""",
            new IntegrationMcpServerUpdateRequest { SkillsetId = Optional<string>.Null, OAuthConnectionId = "oA1", Alias = "main" },
            """{"skillsetId":null,"oAuthConnectionId":"oA1","alias":"main"}""",
            """{"skillsetId":"s1","oAuthConnectionId":"oA1","accessToken":"ac1"}""",
            item => $"{item.SkillsetId} {item.OAuthConnectionId} {item.AccessToken}",
            "s1 oA1 ac1"),
    ];
}
