namespace ChatBotKit.Tests;

internal static class IntegrationTriggerOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationTriggerItem, IntegrationTriggerCreateRequest, IntegrationTriggerUpdateRequest>(
            "trigger",
            api => api.Integration.Trigger,
            new IntegrationTriggerCreateRequest
            {
                BotId = "b1", Authenticate = true, Schedule = "daily", Timezone = "Europe/Berlin",
                SessionDuration = 60000, Alias = "main", Name = "Support",
            },
            """{"botId":"b1","authenticate":true,"schedule":"daily","timezone":"Europe/Berlin","sessionDuration":60000,"alias":"main","name":"Support"}""",
            new IntegrationTriggerUpdateRequest { BotId = Optional<string>.Null, SessionDuration = 60000, Alias = "main" },
            """{"botId":null,"sessionDuration":60000,"alias":"main"}""",
            """{"botId":"b1","authenticate":true,"schedule":"daily","timezone":"Europe/Berlin","sessionDuration":60000,"secret":"se1","lastTriggerAt":1767225600001,"nextTriggerAt":1767225600001}""",
            item => $"{item.BotId} {item.Authenticate} {item.Schedule} {item.Timezone} {item.SessionDuration} {item.Secret} {item.LastTriggerAt?.ToUnixTimeMilliseconds()} {item.NextTriggerAt?.ToUnixTimeMilliseconds()}",
            "b1 True daily Europe/Berlin 60000 se1 1767225600001 1767225600001"),
        new(
            "IntegrationTriggerClient.SetupAsync",
            async (api, token) => (await api.Integration.Trigger.SetupAsync("i1", token)).Id,
            "POST /api/v1/integration/trigger/i1/setup\n{}",
            """{"id":"i1"}""",
            "i1"),
        new(
            "IntegrationTriggerClient.InvokeAsync",
            async (api, token) => (await api.Integration.Trigger.InvokeAsync("i1", token)).Id,
            "POST /api/v1/integration/trigger/i1/invoke\n{}",
            """{"id":"i1"}""",
            "i1"),
    ];
}
