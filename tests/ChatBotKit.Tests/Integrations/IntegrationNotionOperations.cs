namespace ChatBotKit.Tests;

internal static class IntegrationNotionOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationNotionItem, IntegrationNotionCreateRequest, IntegrationNotionUpdateRequest>(
            "notion",
            api => api.Integration.Notion,
            new IntegrationNotionCreateRequest
            {
                DatasetId = "d1", Token = "to1", SyncSchedule = "weekly", ExpiresIn = 60000,
                Alias = "main", Name = "Support",
            },
            """{"datasetId":"d1","token":"to1","syncSchedule":"weekly","expiresIn":60000,"alias":"main","name":"Support"}""",
            new IntegrationNotionUpdateRequest { DatasetId = Optional<string>.Null, ExpiresIn = 60000, Alias = "main" },
            """{"datasetId":null,"expiresIn":60000,"alias":"main"}""",
            """{"datasetId":"d1","token":"********","syncSchedule":"weekly","expiresIn":60000,"syncStatus":"synced","lastSyncedAt":"2026-01-01T00:00:00.001Z"}""",
            item => $"{item.DatasetId} {item.Token} {item.SyncSchedule} {item.ExpiresIn} {item.SyncStatus} {item.LastSyncedAt?.ToUnixTimeMilliseconds()}",
            "d1 ******** weekly 60000 synced 1767225600001"),
        new(
            "IntegrationNotionClient.SyncAsync",
            async (api, token) => (await api.Integration.Notion.SyncAsync("i1", token)).Id,
            "POST /api/v1/integration/notion/i1/sync\n{}",
            """{"id":"i1"}""",
            "i1"),
    ];
}
