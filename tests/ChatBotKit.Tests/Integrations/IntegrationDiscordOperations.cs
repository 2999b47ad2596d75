namespace ChatBotKit.Tests;

internal static class IntegrationDiscordOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationDiscordItem, IntegrationDiscordCreateRequest, IntegrationDiscordUpdateRequest>(
            "discord",
            api => api.Integration.Discord,
            new IntegrationDiscordCreateRequest
            {
                AppId = "ap1", BotToken = "bo1", PublicKey = "pu1", Handle = "ha1",
                AllowFrom = "*", BotId = "b1", ContactCollection = true, SessionDuration = 60000,
                Alias = "main", Name = "Support",
            },
            """{"appId":"ap1","botToken":"bo1","publicKey":"pu1","handle":"ha1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationDiscordUpdateRequest { AppId = Optional<string>.Null, AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"appId":null,"allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"appId":"ap1","handle":"ha1","allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.AppId} {item.Handle} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "ap1 ha1 * b1 True 60000"),
        new(
            "IntegrationDiscordClient.SetupAsync",
            async (api, token) => (await api.Integration.Discord.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/discord/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationDiscordClient.InitiateAsync",
            async (api, token) => (await api.Integration.Discord.InitiateAsync(
                "i1", new IntegrationDiscordInitiateRequest { ChannelId = "ch1", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/discord/i1/initiate\n" + """{"channelId":"ch1","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
