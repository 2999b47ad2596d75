namespace ChatBotKit.Tests;

internal static class FileOperations
{
    private const string StoredFile = """{"id":"f1","alias":"manual","name":"manual.pdf","description":"The manual","blueprintId":"p1","visibility":"protected","meta":{"contentType":"application/pdf"},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Files()];

    private static IEnumerable<OperationCase> Files() =>
    [
        new(
            "FileClient.ListAsync",
            async (api, token) => (await api.File.ListAsync(new ListRequest { Take = 3 }, token)).Items[0].Meta!["contentType"]!.ToString(),
            "GET /api/v1/file/list?take=3",
            $$"""{"items":[{{StoredFile}}],"cursor":"x1"}""",
            "application/pdf"),
        new(
            "FileClient.ListAsync streamed",
            async (api, token) => (await api.File.ListAsync(cancellationToken: token).ToListAsync())[0].Visibility.ToString()!,
            "GET /api/v1/file/list",
            $$"""{"type":"item","data":{{StoredFile}} }""",
            "protected") { Accept = "application/jsonl" },
        new(
            "FileClient.CreateAsync",
            async (api, token) => (await api.File.CreateAsync(new FileCreateRequest { Alias = "manual", Name = "manual.pdf", Visibility = Visibility.Public }, token)).Id,
            "POST /api/v1/file/create\n" + """{"alias":"manual","name":"manual.pdf","visibility":"public"}""",
            Id,
            "x1"),
        new(
            "FileClient.FetchAsync",
            async (api, token) => (await api.File.FetchAsync("f1", token)).BlueprintId!,
            "GET /api/v1/file/f1/fetch",
            StoredFile,
            "p1"),
        new(
            "FileClient.UpdateAsync",
            async (api, token) => (await api.File.UpdateAsync("f1", new FileUpdateRequest { Name = "new.pdf", BlueprintId = Optional<string>.Null }, token)).Id,
            "POST /api/v1/file/f1/update\n" + """{"name":"new.pdf","blueprintId":null}""",
            Id,
            "x1"),
        new(
            "FileClient.DeleteAsync",
            async (api, token) => (await api.File.DeleteAsync("f1", token)).Id,
            "POST /api/v1/file/f1/delete\n{}",
            Id,
            "x1"),
        new(
            "FileClient.SyncAsync",
            async (api, token) => (await api.File.SyncAsync("f1", token)).Id,
            "POST /api/v1/file/f1/sync\n{}",
            Id,
            "x1"),
        new(
            "FileClient.UploadAsync",
            async (api, token) => (await api.File.UploadAsync("f1", new FileUploadRequest { File = "https://example.com/a.pdf" }, token)).Id,
            "POST /api/v1/file/f1/upload\n" + """{"file":"https://example.com/a.pdf"}""",
            Id,
            "x1"),
        new(
            "FileClient.DownloadAsync",
            async (api, token) => (await api.File.DownloadAsync("f1", token)).Url,
            "GET /api/v1/file/f1/download",
            """{"url":"https://files.example.com/f1?sig=xyz"}""",
            "https://files.example.com/f1?sig=xyz"),
        new(
            "FileClient.DownloadAsync to a stream",
            async (api, token) => await Clients.WrittenAsync(file => api.File.DownloadAsync("f1", file, token)),
            "GET /api/v1/file/f1/download",
            "hello",
            "hello") { Accept = "*/*", AnswerType = "application/pdf" },
    ];
}
