namespace ChatBotKit.Tests;

internal static class MemoryOperations
{
    private const string Memory = """{"id":"m1","name":"Colour","description":"What is liked","text":"Likes blue","contactId":"p1","botId":"b1","expiresAt":1767225600002,"meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Memories()];

    private static IEnumerable<OperationCase> Memories() =>
    [
        new(
            "MemoryClient.ListAsync",
            async (api, token) => (await api.Memory.ListAsync(new ListRequest { Cursor = "m0" }, token)).Items[0].ContactId!,
            "GET /api/v1/memory/list?cursor=m0",
            $$"""{"items":[{{Memory}}],"cursor":"x1"}""",
            "p1"),
        new(
            "MemoryClient.ExportAsync",
            async (api, token) => (await api.Memory.ExportAsync(cancellationToken: token)).Items[0].BotId!,
            "GET /api/v1/memory/export",
            $$"""{"items":[{{Memory}}],"cursor":"x1"}""",
            "b1"),
        new(
            "MemoryClient.ExportAsync streamed",
            async (api, token) => (await api.Memory.ExportAsync(cancellationToken: token).ToListAsync())[0].Text!,
            "GET /api/v1/memory/export",
            $$"""{"type":"item","data":{{Memory}} }""",
            "Likes blue") { Accept = "application/jsonl" },
        new(
            "MemoryClient.ExportCsvAsync",
            async (api, token) => await Clients.WrittenAsync(file => api.Memory.ExportCsvAsync(file, new ListRequest { Take = 2 }, token)),
            "GET /api/v1/memory/export?take=2",
            "\"id\"\n\"x1\"\n",
            "\"id\"\n\"x1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "MemoryClient.CreateAsync",
            async (api, token) => (await api.Memory.CreateAsync(new MemoryCreateRequest { Text = "Likes blue", ContactId = "p1", BotId = "b1", ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(5) }, token)).Id,
            "POST /api/v1/memory/create\n" + """{"text":"Likes blue","contactId":"p1","botId":"b1","expiresAt":5}""",
            Id,
            "x1"),
        new(
            "MemoryClient.FetchAsync",
            async (api, token) => (await api.Memory.FetchAsync("m1", token)).ExpiresAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/memory/m1/fetch",
            Memory,
            "1767225600002"),
        new(
            "MemoryClient.UpdateAsync",
            async (api, token) => (await api.Memory.UpdateAsync("m1", new MemoryUpdateRequest { Text = "Likes red", ContactId = Optional<string>.Null, ExpiresAt = Optional<DateTimeOffset>.Null }, token)).Id,
            "POST /api/v1/memory/m1/update\n" + """{"text":"Likes red","contactId":null,"expiresAt":null}""",
            Id,
            "x1"),
        new(
            "MemoryClient.DeleteAsync",
            async (api, token) => (await api.Memory.DeleteAsync("m1", token)).Id,
            "POST /api/v1/memory/m1/delete\n{}",
            Id,
            "x1"),
        new(
            "MemoryClient.SearchAsync",
            async (api, token) => (await api.Memory.SearchAsync(new MemorySearchRequest { Search = "colour", ContactId = "p1", BotId = "b1" }, token)).Items[0].Id,
            "POST /api/v1/memory/search\n" + """{"search":"colour","contactId":"p1","botId":"b1"}""",
            """{"items":[{"id":"m1","text":"Likes blue"}]}""",
            "m1"),
    ];
}
