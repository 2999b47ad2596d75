namespace ChatBotKit.Tests;

internal static class IntegrationRecallOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        new(
            "IntegrationRecallClient.InitiateAsync",
            async (api, token) => (await api.Integration.Recall.InitiateAsync(
                "i1", new IntegrationRecallInitiateRequest { MeetingUrl = "https://example.com/meet", Text = "Take notes.", BotName = "Notes" }, token)).Bot["id"]!.ToString(),
            "POST /api/v1/integration/recall/i1/initiate\n" + """{"meetingUrl":"https://example.com/meet","text":"Take notes.","botName":"Notes"}""",
            """{"id":"i1","bot":{"id":"r1"}}""",
            "r1"),
    ];
}
