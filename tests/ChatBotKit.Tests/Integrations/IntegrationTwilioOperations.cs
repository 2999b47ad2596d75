namespace ChatBotKit.Tests;

internal static class IntegrationTwilioOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationTwilioItem, IntegrationTwilioCreateRequest, IntegrationTwilioUpdateRequest>(
            "twilio",
            api => api.Integration.Twilio,
            new IntegrationTwilioCreateRequest
            {
                AccountSid = "ac1", AuthToken = "au1", Voice = "vo1", AllowFrom = "*",
                BotId = "b1", ContactCollection = true, SessionDuration = 60000, Alias = "main",
                Name = "Support",
            },
            """{"accountSid":"ac1","authToken":"au1","voice":"vo1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationTwilioUpdateRequest { AccountSid = Optional<string>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"accountSid":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"accountSid":"ac1","voice":"vo1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.AccountSid} {item.Voice} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "ac1 vo1 * b1 True 60000"),
        new(
            "IntegrationTwilioClient.SetupAsync",
            async (api, token) => (await api.Integration.Twilio.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/twilio/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationTwilioClient.InitiateAsync",
            async (api, token) => (await api.Integration.Twilio.InitiateAsync(
                "i1", new IntegrationTwilioInitiateRequest { Channel = IntegrationTwilioChannel.Call, From = "+15550100", To = "15550101", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/twilio/i1/initiate\n" + """{"channel":"call","from":"+15550100","to":"15550101","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
