namespace ChatBotKit.Tests;

internal static class IntegrationSitemapOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationSitemapItem, IntegrationSitemapCreateRequest, IntegrationSitemapUpdateRequest>(
            "sitemap",
            api => api.Integration.Sitemap,
            new IntegrationSitemapCreateRequest
            {
                DatasetId = "d1", Url = "https://example.com", Glob = "!/blog/*", Selectors = "main",
                Javascript = true, SyncSchedule = "weekly", ExpiresIn = 60000, Alias = "main",
                Name = "Support",
            },
            """{"datasetId":"d1","url":"https://example.com","glob":"!/blog/*","selectors":"main","javascript":true,"syncSchedule":"weekly","expiresIn":60000,"alias":"main","name":"Support"}""",
            new IntegrationSitemapUpdateRequest { DatasetId = Optional<string>.Null, ExpiresIn = 60000, Alias = "main" },
            """{"datasetId":null,"expiresIn":60000,"alias":"main"}""",
            """{"datasetId":"d1","url":"https://example.com","glob":"!/blog/*","selectors":"main","javascript":true,"syncSchedule":"weekly","expiresIn":60000,"syncStatus":"synced","lastSyncedAt":"2026-01-01T00:00:00.001Z"}""",
            item => $"{item.DatasetId} {item.Url} {item.Glob} {item.Selectors} {item.Javascript} {item.SyncSchedule} {item.ExpiresIn} {item.SyncStatus} {item.LastSyncedAt?.ToUnixTimeMilliseconds()}",
            "d1 https://example.com !/blog/* main True weekly 60000 synced 1767225600001"),
        new(
            "IntegrationSitemapClient.SyncAsync",
            async (api, token) => (await api.Integration.Sitemap.SyncAsync("i1", token)).Id,
            "POST /api/v1/integration/sitemap/i1/sync\n{}",
            """{"id":"i1"}""",
            "i1"),
    ];
}
