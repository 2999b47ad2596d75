using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class PortalOperations
{
    private const string Portal =
        """{"id":"p1","alias":"main","name":"Desk","description":"For us","blueprintId":"bp1","slug":"desk","config":{"layout":{}},"meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private const string Id = """{"id":"p1"}""";

    public static IEnumerable<OperationCase> All =>
    [
        new(
            "PortalClient.ListAsync",
            async (api, token) => (await api.Portal.ListAsync(new ListRequest { Meta = new Dictionary<string, string> { ["a"] = "1" } }, token)).Items[0].Slug!,
            "GET /api/v1/portal/list?meta.a=1",
            $$"""{"items":[{{Portal}}],"cursor":"p1"}""",
            "desk"),
        new(
            "PortalClient.ListAsync streamed",
            async (api, token) => (await api.Portal.ListAsync(cancellationToken: token).ToListAsync())[0].Alias!,
            "GET /api/v1/portal/list",
            $$"""{"type":"item","data":{{Portal}} }""",
            "main") { Accept = "application/jsonl" },
        new(
            "PortalClient.CreateAsync",
            async (api, token) => (await api.Portal.CreateAsync(
                new PortalCreateRequest { Alias = "main", Name = "Desk", Slug = "desk", Config = new JsonObject { ["users"] = new JsonArray("*@example.com") } }, token)).Id,
            "POST /api/v1/portal/create\n" + """{"alias":"main","name":"Desk","slug":"desk","config":{"users":["*@example.com"]}}""",
            Id,
            "p1"),
        new(
            "PortalClient.FetchAsync",
            async (api, token) => (await api.Portal.FetchAsync("@main", token)).Config!.ToJsonString(),
            "GET /api/v1/portal/%40main/fetch",
            Portal,
            """{"layout":{}}"""),
        new(
            "PortalClient.UpdateAsync",
            async (api, token) => (await api.Portal.UpdateAsync(
                "p1", new PortalUpdateRequest { Alias = "main", BlueprintId = Optional<string>.Null, Config = new JsonObject() }, token)).Id,
            "POST /api/v1/portal/p1/update\n" + """{"alias":"main","blueprintId":null,"config":{}}""",
            Id,
            "p1"),
        new(
            "PortalClient.DeleteAsync",
            async (api, token) => (await api.Portal.DeleteAsync("p1", token)).Id,
            "POST /api/v1/portal/p1/delete\n{}",
            Id,
            "p1"),
    ];
}
