namespace ChatBotKit.Tests;

internal static class IntegrationWhatsAppOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationWhatsAppItem, IntegrationWhatsAppCreateRequest, IntegrationWhatsAppUpdateRequest>(
            "whatsapp",
            api => api.Integration.WhatsApp,
            new IntegrationWhatsAppCreateRequest
            {
                PhoneNumberId = "ph1", AccessToken = "ac1", AppSecret = "ap1", Attachments = true,
                AllowFrom = "*", BotId = "b1", ContactCollection = true, SessionDuration = 60000,
                Alias = "main", Name = "Support",
            },
            """{"phoneNumberId":"ph1","accessToken":"ac1","appSecret":"ap1","attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationWhatsAppUpdateRequest { PhoneNumberId = Optional<string>.Null, AppSecret = "ap1", AllowFrom = "*", SessionDuration = Optional<long>.Null, Alias = "main" },
            """{"phoneNumberId":null,"appSecret":"ap1","allowFrom":"*","sessionDuration":null,"alias":"main"}""",
            """{"phoneNumberId":"ph1","accessToken":"********","appSecret":"********","verifyToken":"ve1","attachments":true,"allowFrom":"*","botId":"b1","contactCollection":true,"sessionDuration":60000}""",
            item => $"{item.PhoneNumberId} {item.AccessToken} {item.AppSecret} {item.VerifyToken} {item.Attachments} {item.AllowFrom} {item.BotId} {item.ContactCollection} {item.SessionDuration}",
            "ph1 ******** ******** ve1 True * b1 True 60000"),
        new(
            "IntegrationWhatsAppClient.SetupAsync",
            async (api, token) => (await api.Integration.WhatsApp.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/whatsapp/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationWhatsAppClient.InitiateAsync",
            async (api, token) => (await api.Integration.WhatsApp.InitiateAsync(
                "i1", new IntegrationWhatsAppInitiateRequest { To = "15550101", Text = "Ask how it goes." }, token)).Id,
            "POST /api/v1/integration/whatsapp/i1/initiate\n" + """{"to":"15550101","text":"Ask how it goes."}""",
            """{"id":"i1"}""",
            "i1"),
    ];
}
