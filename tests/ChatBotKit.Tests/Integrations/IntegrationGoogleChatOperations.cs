namespace ChatBotKit.Tests;

internal static class IntegrationGoogleChatOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationGoogleChatItem, IntegrationGoogleChatCreateRequest, IntegrationGoogleChatUpdateRequest>(
            "googlechat",
            api => api.Integration.GoogleChat,
            new IntegrationGoogleChatCreateRequest
            {
                ServiceAccountKey = "se1", ProjectNumber = "pr1", Attachments = true, AutoRespond = "@all",
                AllowFrom = "*", BotId = "b1", ContactCollection = true, SessionDuration = 60000,
                Alias = "main", Name = "Support",
            },
            """{"serviceAccountKey":"se1","projectNumber":"pr1","attachments":true,"autoRespond":"@all","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationGoogleChatUpdateRequest { ServiceAccountKey = Optional<string>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"serviceAccountKey":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"serviceAccountKey":"********","projectNumber":"pr1","attachments":true,"autoRespond":"@all","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.ServiceAccountKey} {item.ProjectNumber} {item.Attachments} {item.AutoRespond} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "******** pr1 True @all * b1 True 60000"),
        new(
            "IntegrationGoogleChatClient.SetupAsync",
            async (api, token) => (await api.Integration.GoogleChat.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/googlechat/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationGoogleChatClient.InitiateAsync",
            async (api, token) => (await api.Integration.GoogleChat.InitiateAsync(
                "i1", new IntegrationGoogleChatInitiateRequest { Space = "spaces/s1", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/googlechat/i1/initiate\n" + """{"space":"spaces/s1","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
