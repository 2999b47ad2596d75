using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class PlatformOperations
{
    private const string Ability =
        """{"id":"web-search","template":"web/search","name":"Web search","instruction":"template: web/search","schema":{"type":"object","properties":{"query":{"type":"string"}}},"secret":"google","icon":"web","tags":["web"],"createdAt":1,"updatedAt":2}""";

    private const string FoundAbility =
        """{"id":"web-search","name":"Web search","description":"Searches","instruction":"x","schema":{"type":"object","properties":{}},"icon":"web","score":0.75,"excerpt":"the web","link":"https://example.com","createdAt":1,"updatedAt":2}""";

    private const string Example = """{"id":"e1","name":"Shop","description":"Sells","type":"widget","config":{"bot":[]},"link":"https://example.com/e1","tags":["a"]}""";
    private const string Listed = """{"id":"e1","name":"Shop","description":"Sells","type":"hologram","link":"https://example.com/e1","createdAt":1767225600000,"updatedAt":2}""";

    public static IEnumerable<OperationCase> All => [.. Abilities(), .. Actions(), .. Examples(), .. PlatformDocOperations.All, .. Reports(), .. PlatformSecretOperations.All];

    private static IEnumerable<OperationCase> Abilities() =>
    [
        new(
            "PlatformAbilityClient.ListAsync",
            async (api, token) => await api.Platform.Ability.ListAsync(new ListRequest { Take = 1 }, token) is { Items: [var ability] } ? $"{ability.Secret} {ability.Tags![0]} {ability.Score}" : "",
            "GET /api/v1/platform/ability/list?take=1",
            $$"""{"items":[{{Ability}}],"cursor":null}""",
            "google web "),
        new(
            "PlatformAbilityClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Ability.ListAsync(cancellationToken: token).ToListAsync())[0].Schema["type"]!.ToString(),
            "GET /api/v1/platform/ability/list",
            $$"""{"type":"item","data":{{Ability}} }""",
            "object") { Accept = "application/jsonl" },
        new(
            "PlatformAbilityClient.SearchAsync",
            async (api, token) => await api.Platform.Ability.SearchAsync(new PlatformSearchRequest { Search = "web", Take = 3 }, token) is { Items: [var ability] } ? $"{ability.Score:0.00} {ability.Excerpt}" : "",
            "POST /api/v1/platform/ability/search\n" + """{"search":"web","take":3}""",
            $$"""{"items":[{{FoundAbility}}]}""",
            "0.75 the web"),
    ];

    private static IEnumerable<OperationCase> Actions() =>
    [
        new(
            "PlatformActionClient.ListAsync",
            async (api, token) => (await api.Platform.Action.ListAsync(cancellationToken: token)).Items[0].Examples[1],
            "GET /api/v1/platform/action/list",
            """{"items":[{"id":"fetch","name":"Fetch","description":"Fetches","examples":["a","b"],"createdAt":1,"updatedAt":2}],"cursor":"fetch"}""",
            "b"),
        new(
            "PlatformActionClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Action.ListAsync(new ListRequest { Cursor = "x" }, token).ToListAsync())[0].Description,
            "GET /api/v1/platform/action/list?cursor=x",
            """{"type":"item","data":{"id":"fetch","description":"Fetches","examples":[],"createdAt":1,"updatedAt":2}}""",
            "Fetches") { Accept = "application/jsonl" },
    ];

    private static IEnumerable<OperationCase> Examples() =>
    [
        new(
            "PlatformExampleClient.ListAsync",
            async (api, token) => await api.Platform.Example.ListAsync(cancellationToken: token) is { Items: [var example] } ? $"{example.Type} {example.CreatedAt:yyyy}" : "",
            "GET /api/v1/platform/example/list",
            $$"""{"items":[{{Listed}}],"cursor":"e1"}""",
            "hologram 2026"),
        new(
            "PlatformExampleClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Example.ListAsync(cancellationToken: token).ToListAsync())[0].Link,
            "GET /api/v1/platform/example/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "https://example.com/e1") { Accept = "application/jsonl" },
        new(
            "PlatformExampleClient.FetchAsync",
            async (api, token) => await api.Platform.Example.FetchAsync("e1", token) is var example && example.Type == PlatformExampleType.Widget ? example.Config!.ToJsonString() + example.CreatedAt : "",
            "GET /api/v1/platform/example/e1/fetch",
            Example,
            """{"bot":[]}"""),
        new(
            "PlatformExampleClient.SearchAsync",
            async (api, token) => (await api.Platform.Example.SearchAsync(new PlatformSearchRequest { Search = "shop" }, token)).Items[0].Name,
            "POST /api/v1/platform/example/search\n" + """{"search":"shop"}""",
            $$"""{"items":[{{Listed}}]}""",
            "Shop"),
        new(
            "PlatformExampleClient.CloneAsync",
            async (api, token) => (await api.Platform.Example.CloneAsync("e1", token)).Resources["bot"][0].Name!,
            "POST /api/v1/platform/example/e1/clone\n{}",
            """{"resources":{"bot":[{"id":"b1","name":"Seller"}],"dataset":[]}}""",
            "Seller"),
    ];

    private static IEnumerable<OperationCase> Reports() =>
    [
        new(
            "PlatformReportClient.ListAsync",
            async (api, token) => (await api.Platform.Report.ListAsync(cancellationToken: token)).Items[0].Name!,
            "GET /api/v1/platform/report/list",
            """{"items":[{"id":"r1","name":"Ratings","createdAt":1,"updatedAt":2}]}""",
            "Ratings"),
        new(
            "PlatformReportClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Report.ListAsync(new ListRequest { Take = 2 }, token).ToListAsync())[0].Id,
            "GET /api/v1/platform/report/list?take=2",
            """{"type":"item","data":{"id":"r1","createdAt":1,"updatedAt":2}}""",
            "r1") { Accept = "application/jsonl" },
        new(
            "PlatformReportClient.GenerateAsync",
            async (api, token) => (await api.Platform.Report.GenerateAsync("r1", new JsonObject { ["botId"] = "b1" }, token)).ToJsonString(),
            "POST /api/v1/platform/report/r1/generate\n" + """{"botId":"b1"}""",
            """{"cards":[1]}""",
            """{"cards":[1]}"""),
        new(
            "PlatformReportClient.GenerateAsync without request",
            async (api, token) => (await api.Platform.Report.GenerateAsync("r1", cancellationToken: token)).Count.ToString(),
            "POST /api/v1/platform/report/r1/generate\n{}",
            "{}",
            "0"),
        new(
            "PlatformReportClient.GenerateTypedAsync",
            async (api, token) => await api.Platform.Report.GenerateTypedAsync(PlatformReportIds.TotalRatings, new PlatformReportRequest { PeriodDays = 7 }, token) is var report
                ? $"{report.Value} {report.Change} {report.Breakdown![0].Date} {report.ThumbsDown}"
                : "",
            "POST /api/v1/platform/report/clr3m5n8k000008jq7h9e5b1a/generate\n" + """{"periodDays":7}""",
            """{"value":9,"change":-2.5,"period":"Last 7 days","breakdown":[{"date":"2026-01-01","total":9}],"thumbsUp":8,"thumbsDown":1}""",
            "9 -2.5 2026-01-01 1"),
        new(
            "PlatformReportClient.GenerateTypedAsync with types",
            async (api, token) => (await api.Platform.Report.GenerateTypedAsync(
                "r1", new BotReportRequest("b1", 5), OwnTypesContext.Default.BotReportRequest, OwnTypesContext.Default.BotReport, token)).Conversations.ToString(),
            "POST /api/v1/platform/report/r1/generate\n" + """{"botId":"b1","periodDays":5}""",
            """{"conversations":4}""",
            "4"),
        new(
            "PlatformReportClient.GenerateBatchAsync",
            async (api, token) => await api.Platform.Report.GenerateBatchAsync(
                new Dictionary<string, JsonObject> { ["r1"] = new() { ["periodDays"] = 1 }, ["r2"] = [] }, token) is var reports ? $"{reports["r1"]["value"]} {reports["r2"]["error"]}" : "",
            "POST /api/v1/platform/report/generate\n" + """{"r1":{"periodDays":1},"r2":{}}""",
            """{"r1":{"value":3,"period":"x"},"r2":{"error":"No such report"}}""",
            "3 No such report"),
    ];
}
