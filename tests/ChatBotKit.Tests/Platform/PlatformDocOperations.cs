namespace ChatBotKit.Tests;

internal static class PlatformDocOperations
{
    private const string Listed = """{"id":"p1","name":"Bots","description":"About bots","category":"Basics","tags":["bot"],"index":3,"link":"https://example.com/p1","createdAt":1,"updatedAt":2}""";
    private const string Fetched = """{"id":"p1","name":"Bots","content":"# Bots","createdAt":1,"updatedAt":2}""";
    private const string Found = """{"id":"p1","name":"Bots","description":"About bots","tags":[],"index":3,"score":0.5,"excerpt":"a bot","link":"https://example.com/p1","createdAt":1,"updatedAt":2}""";

    public static IEnumerable<OperationCase> All => [.. Docs(), .. Guides(), .. Manuals(), .. Tutorials()];

    private static IEnumerable<OperationCase> Docs() =>
    [
        new(
            "PlatformDocClient.ListAsync",
            async (api, token) => (await api.Platform.Doc.ListAsync(new ListRequest { Take = 1 }, token)).Items[0].Name,
            "GET /api/v1/platform/doc/list?take=1",
            $$"""{"items":[{{Listed}}],"cursor":"p1"}""",
            "Bots"),
        new(
            "PlatformDocClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Doc.ListAsync(cancellationToken: token).ToListAsync())[0].Category!,
            "GET /api/v1/platform/doc/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "Basics") { Accept = "application/jsonl" },
        new(
            "PlatformDocClient.FetchAsync",
            async (api, token) => (await api.Platform.Doc.FetchAsync("p1", token)).Content!,
            "GET /api/v1/platform/doc/p1/fetch",
            Fetched,
            "# Bots"),
        new(
            "PlatformDocClient.SearchAsync",
            async (api, token) => await api.Platform.Doc.SearchAsync(new PlatformSearchRequest { Search = "bot" }, token) is { Items: [var page] } ? $"{page.Excerpt} {page.Score:0.0} {page.Index}" : "",
            "POST /api/v1/platform/doc/search\n" + """{"search":"bot"}""",
            $$"""{"items":[{{Found}}]}""",
            "a bot 0.5 3"),
    ];

    private static IEnumerable<OperationCase> Guides() =>
    [
        new(
            "PlatformGuideClient.ListAsync",
            async (api, token) => (await api.Platform.Guide.ListAsync(new ListRequest { Take = 2 }, token)).Items[0].Name,
            "GET /api/v1/platform/guide/list?take=2",
            $$"""{"items":[{{Listed}}],"cursor":"p1"}""",
            "Bots"),
        new(
            "PlatformGuideClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Guide.ListAsync(cancellationToken: token).ToListAsync())[0].Category!,
            "GET /api/v1/platform/guide/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "Basics") { Accept = "application/jsonl" },
        new(
            "PlatformGuideClient.FetchAsync",
            async (api, token) => (await api.Platform.Guide.FetchAsync("p1", token)).Content!,
            "GET /api/v1/platform/guide/p1/fetch",
            Fetched,
            "# Bots"),
        new(
            "PlatformGuideClient.SearchAsync",
            async (api, token) => await api.Platform.Guide.SearchAsync(new PlatformSearchRequest { Search = "bot" }, token) is { Items: [var page] } ? $"{page.Excerpt} {page.Score:0.0} {page.Index}" : "",
            "POST /api/v1/platform/guide/search\n" + """{"search":"bot"}""",
            $$"""{"items":[{{Found}}]}""",
            "a bot 0.5 3"),
    ];

    private static IEnumerable<OperationCase> Manuals() =>
    [
        new(
            "PlatformManualClient.ListAsync",
            async (api, token) => (await api.Platform.Manual.ListAsync(new ListRequest { Take = 3 }, token)).Items[0].Name,
            "GET /api/v1/platform/manual/list?take=3",
            $$"""{"items":[{{Listed}}],"cursor":"p1"}""",
            "Bots"),
        new(
            "PlatformManualClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Manual.ListAsync(cancellationToken: token).ToListAsync())[0].Category!,
            "GET /api/v1/platform/manual/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "Basics") { Accept = "application/jsonl" },
        new(
            "PlatformManualClient.FetchAsync",
            async (api, token) => (await api.Platform.Manual.FetchAsync("p1", token)).Content!,
            "GET /api/v1/platform/manual/p1/fetch",
            Fetched,
            "# Bots"),
        new(
            "PlatformManualClient.SearchAsync",
            async (api, token) => await api.Platform.Manual.SearchAsync(new PlatformSearchRequest { Search = "bot" }, token) is { Items: [var page] } ? $"{page.Excerpt} {page.Score:0.0} {page.Index}" : "",
            "POST /api/v1/platform/manual/search\n" + """{"search":"bot"}""",
            $$"""{"items":[{{Found}}]}""",
            "a bot 0.5 3"),
    ];

    private static IEnumerable<OperationCase> Tutorials() =>
    [
        new(
            "PlatformTutorialClient.ListAsync",
            async (api, token) => (await api.Platform.Tutorial.ListAsync(new ListRequest { Take = 4 }, token)).Items[0].Name,
            "GET /api/v1/platform/tutorial/list?take=4",
            $$"""{"items":[{{Listed}}],"cursor":"p1"}""",
            "Bots"),
        new(
            "PlatformTutorialClient.ListAsync streamed",
            async (api, token) => (await api.Platform.Tutorial.ListAsync(cancellationToken: token).ToListAsync())[0].Category!,
            "GET /api/v1/platform/tutorial/list",
            $$"""{"type":"item","data":{{Listed}} }""",
            "Basics") { Accept = "application/jsonl" },
        new(
            "PlatformTutorialClient.FetchAsync",
            async (api, token) => (await api.Platform.Tutorial.FetchAsync("p1", token)).Content!,
            "GET /api/v1/platform/tutorial/p1/fetch",
            Fetched,
            "# Bots"),
        new(
            "PlatformTutorialClient.SearchAsync",
            async (api, token) => await api.Platform.Tutorial.SearchAsync(new PlatformSearchRequest { Search = "bot" }, token) is { Items: [var page] } ? $"{page.Excerpt} {page.Score:0.0} {page.Index}" : "",
            "POST /api/v1/platform/tutorial/search\n" + """{"search":"bot"}""",
            $$"""{"items":[{{Found}}]}""",
            "a bot 0.5 3"),
    ];
}
