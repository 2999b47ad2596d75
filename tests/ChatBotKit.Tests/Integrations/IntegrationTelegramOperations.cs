namespace ChatBotKit.Tests;

internal static class IntegrationTelegramOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationTelegramItem, IntegrationTelegramCreateRequest, IntegrationTelegramUpdateRequest>(
            "telegram",
            api => api.Integration.Telegram,
            new IntegrationTelegramCreateRequest
            {
                BotToken = "bo1", Attachments = true, AllowFrom = "*", BotId = "b1",
                ContactCollection = true, SessionDuration = 60000, Alias = "main", Name = "Support",
            },
            """{"botToken":"bo1","attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationTelegramUpdateRequest { BotToken = Optional<string>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"botToken":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.Attachments} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "True * b1 True 60000"),
        new(
            "IntegrationTelegramClient.SetupAsync",
            async (api, token) => (await api.Integration.Telegram.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/telegram/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationTelegramClient.InitiateAsync",
            async (api, token) => (await api.Integration.Telegram.InitiateAsync(
                "i1", new IntegrationTelegramInitiateRequest { ChatId = "-100123", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/telegram/i1/initiate\n" + """{"chatId":"-100123","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
