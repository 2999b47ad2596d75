namespace ChatBotKit.Tests;

internal static class IntegrationMicrosoftTeamsOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationMicrosoftTeamsItem, IntegrationMicrosoftTeamsCreateRequest, IntegrationMicrosoftTeamsUpdateRequest>(
            "microsoftteams",
            api => api.Integration.MicrosoftTeams,
            new IntegrationMicrosoftTeamsCreateRequest
            {
                BotFrameworkAppId = "bo1", BotFrameworkAppSecret = "bo1", TenantId = "te1", AllowFrom = "*",
                BotId = "b1", ContactCollection = true, SessionDuration = 60000, Alias = "main",
                Name = "Support",
            },
            """{"botFrameworkAppId":"bo1","botFrameworkAppSecret":"bo1","tenantId":"te1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationMicrosoftTeamsUpdateRequest { BotFrameworkAppId = Optional<string>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"botFrameworkAppId":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"botFrameworkAppId":"bo1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.BotFrameworkAppId} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "bo1 * b1 True 60000"),
        new(
            "IntegrationMicrosoftTeamsClient.SetupAsync",
            async (api, token) => (await api.Integration.MicrosoftTeams.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/microsoftteams/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationMicrosoftTeamsClient.InitiateAsync",
            async (api, token) => (await api.Integration.MicrosoftTeams.InitiateAsync(
                "i1", new IntegrationMicrosoftTeamsInitiateRequest { ConversationId = "19:a@thread.v2", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/microsoftteams/i1/initiate\n" + """{"conversationId":"19:a@thread.v2","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
