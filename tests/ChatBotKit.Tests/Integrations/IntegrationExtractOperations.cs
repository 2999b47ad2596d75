using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class IntegrationExtractOperations
{
    public static IEnumerable<OperationCase> All =>
    [
        .. IntegrationCases.Of<IntegrationExtractItem, IntegrationExtractCreateRequest, IntegrationExtractUpdateRequest>(
            "extract",
            api => api.Integration.Extract,
            new IntegrationExtractCreateRequest
            {
                BotId = "b1", Schema = new JsonObject { ["type"] = "object" }, Request = "https://example.com/hook", Model = "gpt-x",
                Trigger = IntegrationTriggerMode.Never, Alias = "main", Name = "Support",
            },
            """{"botId":"b1","schema":{"type":"object"},"request":"https://example.com/hook","model":"gpt-x","trigger":"never","alias":"main","name":"Support"}""",
            new IntegrationExtractUpdateRequest { BotId = Optional<string>.Null, Trigger = IntegrationTriggerMode.Never, Alias = "main" },
            """{"botId":null,"trigger":"never","alias":"main"}""",
            """{"botId":"b1","schema":{"type":"object"},"request":"https://example.com/hook","model":"gpt-x","trigger":"never"}""",
            item => $"{item.BotId} {item.Schema!["type"]} {item.Request} {item.Model} {item.Trigger}",
            "b1 object https://example.com/hook gpt-x never"),
        new(
            "IntegrationExtractClient.TriggerAsync",
            async (api, token) => (await api.Integration.Extract.TriggerAsync(
                "i1", new IntegrationExtractTriggerRequest { ConversationIds = ["c1", "c2"], Sample = 5 }, token)).Triggered.ToString(),
            "POST /api/v1/integration/extract/i1/trigger\n" + """{"conversationIds":["c1","c2"],"sample":5}""",
            """{"id":"i1","triggered":2}""",
            "2"),
        new(
            "IntegrationExtractClient.TriggerAsync without request",
            async (api, token) => (await api.Integration.Extract.TriggerAsync("i1", cancellationToken: token)).Id,
            "POST /api/v1/integration/extract/i1/trigger\n{}",
            """{"id":"i1","triggered":0}""",
            "i1"),
        new(
            "IntegrationExtractItemClient.ListAsync",
            async (api, token) => (await api.Integration.Extract.Item.ListAsync(
                "i1", new ListRequest { Cursor = "e0", Order = ListOrder.Ascending, Take = 1 }, token)).Items[0].Data["mood"]!.GetValue<string>(),
            "GET /api/v1/integration/extract/i1/item/list?cursor=e0&order=asc&take=1",
            """{"items":[{"id":"e1","extractIntegrationId":"i1","conversationId":"c1","data":{"mood":"good"},"createdAt":"2026-01-01T00:00:00.001Z","updatedAt":"2026-01-01T00:00:00.002Z"}],"cursor":"e1"}""",
            "good"),
        new(
            "IntegrationExtractItemClient.ExportAsync",
            async (api, token) => (await api.Integration.Extract.Item.ExportAsync("i1", cancellationToken: token)).Items[0].UpdatedAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/integration/extract/i1/item/export",
            """{"items":[{"id":"e1","extractIntegrationId":"i1","conversationId":"c1","data":{"mood":"good"},"createdAt":"2026-01-01T00:00:00.001Z","updatedAt":"2026-01-01T00:00:00.002Z"}]}""",
            "1767225600002"),
    ];
}
