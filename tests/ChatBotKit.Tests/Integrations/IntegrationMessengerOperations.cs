namespace ChatBotKit.Tests;

internal static class IntegrationMessengerOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationMessengerItem, IntegrationMessengerCreateRequest, IntegrationMessengerUpdateRequest>(
            "messenger",
            api => api.Integration.Messenger,
            new IntegrationMessengerCreateRequest
            {
                AccessToken = "ac1", AppSecret = "ap1", Attachments = true, BotId = "b1",
                ContactCollection = true, SessionDuration = 60000, Alias = "main", Name = "Support",
            },
            """{"accessToken":"ac1","appSecret":"ap1","attachments":true,"botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationMessengerUpdateRequest { AccessToken = Optional<string>.Null, AppSecret = "ap1", Attachments = true, SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"accessToken":null,"appSecret":"ap1","attachments":true,"sessionDuration":null,"alias":"main"}""",
            """{"accessToken":"********","appSecret":"********","verifyToken":"ve1","attachments":true,"botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.AccessToken} {item.AppSecret} {item.VerifyToken} {item.Attachments} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "******** ******** ve1 True b1 True 60000"),
        new(
            "IntegrationMessengerClient.SetupAsync",
            async (api, token) => (await api.Integration.Messenger.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/messenger/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationMessengerClient.InitiateAsync",
            async (api, token) => (await api.Integration.Messenger.InitiateAsync(
                "i1", new IntegrationMessengerInitiateRequest { PageId = "p1", RecipientId = "r1", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/messenger/i1/initiate\n" + """{"pageId":"p1","recipientId":"r1","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
