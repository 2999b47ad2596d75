namespace ChatBotKit.Tests;

internal static class SpaceOperations
{
    private const string Space = """{"id":"s1","alias":"work","name":"Work","description":"For work","contactId":"p1","blueprintId":"bp1","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Site = """{"id":"w1","spaceId":"s1","alias":"site","name":"Site","description":"Shows","domain":"shop.example.com","prefix":"public","index":"home.html","notFound":"none.html","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Spaces(), .. Sites(), .. Storage()];

    private static IEnumerable<OperationCase> Spaces() =>
    [
        new(
            "SpaceClient.ListAsync",
            async (api, token) => (await api.Space.ListAsync(cancellationToken: token)).Items[0].ContactId!,
            "GET /api/v1/space/list",
            $$"""{"items":[{{Space}}],"cursor":"x1"}""",
            "p1"),
        new(
            "SpaceClient.ExportAsync",
            async (api, token) => (await api.Space.ExportAsync(new ListRequest { Order = ListOrder.Ascending }, token)).Items[0].Alias!,
            "GET /api/v1/space/export?order=asc",
            $$"""{"items":[{{Space}}],"cursor":"x1"}""",
            "work"),
        new(
            "SpaceClient.ExportAsync streamed",
            async (api, token) => (await api.Space.ExportAsync(cancellationToken: token).ToListAsync())[0].BlueprintId!,
            "GET /api/v1/space/export",
            $$"""{"type":"item","data":{{Space}} }""",
            "bp1") { Accept = "application/jsonl" },
        new(
            "SpaceClient.ExportCsvAsync",
            async (api, token) => await Clients.WrittenAsync(file => api.Space.ExportCsvAsync(file, new ListRequest { Take = 2 }, token)),
            "GET /api/v1/space/export?take=2",
            "\"id\"\n\"x1\"\n",
            "\"id\"\n\"x1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "SpaceClient.CreateAsync",
            async (api, token) => (await api.Space.CreateAsync(new SpaceCreateRequest { Alias = "work", ContactId = "p1" }, token)).Id,
            "POST /api/v1/space/create\n" + """{"alias":"work","contactId":"p1"}""",
            Id,
            "x1"),
        new(
            "SpaceClient.FetchAsync",
            async (api, token) => (await api.Space.FetchAsync("s1", token)).Name!,
            "GET /api/v1/space/s1/fetch",
            Space,
            "Work"),
        new(
            "SpaceClient.UpdateAsync",
            async (api, token) => (await api.Space.UpdateAsync("s1", new SpaceUpdateRequest { ContactId = Optional<string>.Null }, token)).Id,
            "POST /api/v1/space/s1/update\n" + """{"contactId":null}""",
            Id,
            "x1"),
        new(
            "SpaceClient.DeleteAsync",
            async (api, token) => (await api.Space.DeleteAsync("s1", token)).Id,
            "POST /api/v1/space/s1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Sites() =>
    [
        new(
            "SpaceSiteClient.ListAsync",
            async (api, token) => (await api.Space.Site.ListAsync("s1", new ListRequest { Meta = new Dictionary<string, string> { ["a"] = "b" } }, token)).Items[0].NotFound!,
            "GET /api/v1/space/s1/site/list?meta.a=b",
            $$"""{"items":[{{Site}}],"cursor":"x1"}""",
            "none.html"),
        new(
            "SpaceSiteClient.ListAsync streamed",
            async (api, token) => (await api.Space.Site.ListAsync("s1", cancellationToken: token).ToListAsync())[0].Index!,
            "GET /api/v1/space/s1/site/list",
            $$"""{"type":"item","data":{{Site}} }""",
            "home.html") { Accept = "application/jsonl" },
        new(
            "SpaceSiteClient.CreateAsync",
            async (api, token) => (await api.Space.Site.CreateAsync("s1", new SpaceSiteCreateRequest { Domain = "shop.example.com", Prefix = "public", Index = "home.html", NotFound = "none.html" }, token)).Id,
            "POST /api/v1/space/s1/site/create\n" + """{"domain":"shop.example.com","prefix":"public","index":"home.html","notFound":"none.html"}""",
            Id,
            "x1"),
        new(
            "SpaceSiteClient.FetchAsync",
            async (api, token) => (await api.Space.Site.FetchAsync("s1", "w1", token)).Domain!,
            "GET /api/v1/space/s1/site/w1/fetch",
            Site,
            "shop.example.com"),
        new(
            "SpaceSiteClient.UpdateAsync",
            async (api, token) => (await api.Space.Site.UpdateAsync("s1", "w1", new SpaceSiteUpdateRequest { Prefix = Optional<string>.Null }, token)).Id,
            "POST /api/v1/space/s1/site/w1/update\n" + """{"prefix":null}""",
            Id,
            "x1"),
        new(
            "SpaceSiteClient.DeleteAsync",
            async (api, token) => (await api.Space.Site.DeleteAsync("s1", "w1", token)).Id,
            "POST /api/v1/space/s1/site/w1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Storage() =>
    [
        new(
            "SpaceStorageClient.ListAsync of the root",
            async (api, token) => (await api.Space.Storage.ListAsync("s1", cancellationToken: token)).Items[0].IsDirectory.ToString()!,
            "GET /api/v1/space/s1/storage/list",
            """{"items":[{"id":"bm90ZXM","path":"notes","size":0,"updatedAt":1767225600000,"isDirectory":true}]}""",
            "True"),
        new(
            "SpaceStorageClient.ListAsync",
            async (api, token) => (await api.Space.Storage.ListAsync("s1", "/my notes/2026/", new SpaceStorageListRequest { Recursive = true }, token)).NextToken!,
            "GET /api/v1/space/s1/storage/list/my%20notes/2026?recursive=true",
            """{"items":[],"nextToken":"n"}""",
            "n"),
        new(
            "SpaceStorageClient.DeleteAsync",
            async (api, token) => (await api.Space.Storage.DeleteAsync("s1", "notes", new SpaceStorageDeleteRequest { Recursive = true }, token)).Path,
            "POST /api/v1/space/s1/storage/delete/notes\n" + """{"recursive":true}""",
            """{"path":"notes"}""",
            "notes"),
        new(
            "SpaceStorageClient.CopyAsync",
            async (api, token) => (await api.Space.Storage.CopyAsync("s1", "a?b/c#d.md", new SpaceStorageCopyRequest { DestinationPath = "e.md" }, token)).Path,
            "POST /api/v1/space/s1/storage/copy/a%3Fb/c%23d.md\n" + """{"destinationPath":"e.md"}""",
            """{"path":"e.md"}""",
            "e.md"),
        new(
            "SpaceStorageClient.MoveAsync",
            async (api, token) => (await api.Space.Storage.MoveAsync("s1", "a.md", new SpaceStorageMoveRequest { DestinationPath = "b/a.md" }, token)).Path,
            "POST /api/v1/space/s1/storage/move/a.md\n" + """{"destinationPath":"b/a.md"}""",
            """{"path":"b/a.md"}""",
            "b/a.md"),
        new(
            "SpaceStorageClient.UploadAsync",
            async (api, token) => (await api.Space.Storage.UploadAsync("s1", "a.md", new SpaceStorageUploadRequest { File = "data:text/plain;base64,aGVsbG8=" }, token)).Path,
            "POST /api/v1/space/s1/storage/upload/a.md\n" + """{"file":"data:text/plain;base64,aGVsbG8="}""",
            """{"id":"YS5tZA","path":"a.md"}""",
            "a.md"),
        new(
            "SpaceStorageClient.DownloadAsync",
            async (api, token) => (await api.Space.Storage.DownloadAsync("s1", "a.md", token)).Url,
            "GET /api/v1/space/s1/storage/download/a.md",
            """{"id":"YS5tZA","url":"https://files.example.com/a?sig=xyz"}""",
            "https://files.example.com/a?sig=xyz"),
        new(
            "SpaceStorageClient.DownloadAsync to a stream",
            async (api, token) => await Clients.WrittenAsync(file => api.Space.Storage.DownloadAsync("s1", "notes/a.md", file, token)),
            "GET /api/v1/space/s1/storage/download/notes/a.md",
            "hello",
            "hello") { Accept = "application/octet-stream", AnswerType = "application/octet-stream" },
    ];
}
