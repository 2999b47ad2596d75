namespace ChatBotKit.Tests;

internal static class IntegrationEmailOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationEmailItem, IntegrationEmailCreateRequest, IntegrationEmailUpdateRequest>(
            "email",
            api => api.Integration.Email,
            new IntegrationEmailCreateRequest
            {
                Attachments = true, AllowFrom = "*", BotId = "b1", ContactCollection = true,
                SessionDuration = 60000, Alias = "main", Name = "Support",
            },
            """{"attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationEmailUpdateRequest { Attachments = Optional<bool>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"attachments":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.Attachments} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "True * b1 True 60000"),
        new(
            "IntegrationEmailClient.SetupAsync",
            async (api, token) => (await api.Integration.Email.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/email/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationEmailClient.InitiateAsync",
            async (api, token) => (await api.Integration.Email.InitiateAsync(
                "i1", new IntegrationEmailInitiateRequest { Email = "a@example.com", Subject = "Hello", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/email/i1/initiate\n" + """{"email":"a@example.com","subject":"Hello","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
