namespace ChatBotKit.Tests;

internal static class IntegrationSupportOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationSupportItem, IntegrationSupportCreateRequest, IntegrationSupportUpdateRequest>(
            "support",
            api => api.Integration.Support,
            new IntegrationSupportCreateRequest
            {
                BotId = "b1", Email = "a@example.com", Trigger = IntegrationTriggerMode.Never, Alias = "main",
                Name = "Support",
            },
            """{"botId":"b1","email":"a@example.com","trigger":"never","alias":"main","name":"Support"}""",
            new IntegrationSupportUpdateRequest { BotId = Optional<string>.Null, Trigger = IntegrationTriggerMode.Never, Alias = "main" },
            """{"botId":null,"trigger":"never","alias":"main"}""",
            """{"botId":"b1","email":"a@example.com","trigger":"never"}""",
            item => $"{item.BotId} {item.Email} {item.Trigger}",
            "b1 a@example.com never"),
        new(
            "IntegrationSupportClient.TriggerAsync",
            async (api, token) => (await api.Integration.Support.TriggerAsync(
                "i1", new IntegrationSupportTriggerRequest { ConversationIds = ["c1", "c2"], Sample = 5 }, token)).Triggered.ToString(),
            "POST /api/v1/integration/support/i1/trigger\n" + """{"conversationIds":["c1","c2"],"sample":5}""",
            """{"id":"i1","triggered":2}""",
            "2"),
        new(
            "IntegrationSupportClient.TriggerAsync without request",
            async (api, token) => (await api.Integration.Support.TriggerAsync("i1", cancellationToken: token)).Id,
            "POST /api/v1/integration/support/i1/trigger\n{}",
            """{"id":"i1","triggered":0}""",
            "i1"),
    ];
}
