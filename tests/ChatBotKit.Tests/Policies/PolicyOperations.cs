using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class PolicyOperations
{
    private const string Policy =
        """{"id":"p1","alias":"short","name":"Short","botId":"b1","type":"retention","config":{"expiresInDays":30},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private const string Id = """{"id":"p1"}""";

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "PolicyClient.ListAsync",
            async (api, token) => (await api.Policy.ListAsync(new PolicyListRequest { Order = ListOrder.Ascending, BotId = "b1" }, token)).Items[0].Type.Value,
            "GET /api/v1/policy/list?order=asc&botId=b1",
            $$"""{"items":[{{Policy}}],"cursor":"p1"}""",
            "retention"),
        new(
            "PolicyClient.ListAsync streamed",
            async (api, token) => (await api.Policy.ListAsync(cancellationToken: token).ToListAsync())[0].BotId!,
            "GET /api/v1/policy/list",
            $$"""{"type":"item","data":{{Policy}} }""",
            "b1") { Accept = "application/jsonl" },
        new(
            "PolicyClient.CreateAsync",
            async (api, token) => (await api.Policy.CreateAsync(
                new PolicyCreateRequest { Name = "Cap", Type = PolicyType.Usage, BotId = "b1", Config = new JsonObject { ["metric"] = "tokens", ["threshold"] = 5 } }, token)).Id,
            "POST /api/v1/policy/create\n" + """{"name":"Cap","botId":"b1","type":"usage","config":{"metric":"tokens","threshold":5}}""",
            Id,
            "p1"),
        new(
            "PolicyClient.FetchAsync",
            async (api, token) => (await api.Policy.FetchAsync("p1", token)).Config!["expiresInDays"]!.ToString(),
            "GET /api/v1/policy/p1/fetch",
            Policy,
            "30"),
        new(
            "PolicyClient.UpdateAsync",
            async (api, token) => (await api.Policy.UpdateAsync(
                "p1", new PolicyUpdateRequest { Type = PolicyType.Retention, BotId = Optional<string>.Null }, token)).Id,
            "POST /api/v1/policy/p1/update\n" + """{"botId":null,"type":"retention"}""",
            Id,
            "p1"),
        new(
            "PolicyClient.DeleteAsync",
            async (api, token) => (await api.Policy.DeleteAsync("p1", token)).Id,
            "POST /api/v1/policy/p1/delete\n{}",
            Id,
            "p1"),
    ];
}
