namespace ChatBotKit.Tests;

internal static class IntegrationInstagramOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationInstagramItem, IntegrationInstagramCreateRequest, IntegrationInstagramUpdateRequest>(
            "instagram",
            api => api.Integration.Instagram,
            new IntegrationInstagramCreateRequest
            {
                AccessToken = "ac1", AppSecret = "ap1", Attachments = true, BotId = "b1",
                ContactCollection = true, SessionDuration = 60000, Alias = "main", Name = "Support",
            },
            """{"accessToken":"ac1","appSecret":"ap1","attachments":true,"botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationInstagramUpdateRequest { AccessToken = Optional<string>.Null, AppSecret = "ap1", Attachments = true, SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"accessToken":null,"appSecret":"ap1","attachments":true,"sessionDuration":null,"alias":"main"}""",
            """{"accessToken":"********","appSecret":"********","verifyToken":"ve1","attachments":true,"botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.AccessToken} {item.AppSecret} {item.VerifyToken} {item.Attachments} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "******** ******** ve1 True b1 True 60000"),
        new(
            "IntegrationInstagramClient.SetupAsync",
            async (api, token) => (await api.Integration.Instagram.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/instagram/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationInstagramClient.InitiateAsync",
            async (api, token) => (await api.Integration.Instagram.InitiateAsync(
                "i1", new IntegrationInstagramInitiateRequest { InstagramUserId = "iu1", RecipientId = "r1", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/instagram/i1/initiate\n" + """{"instagramUserId":"iu1","recipientId":"r1","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
