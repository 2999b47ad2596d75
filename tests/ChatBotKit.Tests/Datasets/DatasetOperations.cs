using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class DatasetOperations
{
    private const string Dataset = """{"id":"d1","alias":"docs","name":"Manual","description":"How to","store":"local","reranker":"r-1","recordMaxTokens":768,"searchMinScore":0.25,"searchMaxRecords":3,"searchMaxTokens":4000,"matchInstruction":"Use {search}","mismatchInstruction":"-","separators":"##,#","blueprintId":"p1","visibility":"private","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Record = """{"id":"r1","text":"Press the button.","source":"https://example.com/a","meta":{"page":2},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string StoredFile = """{"id":"f1","alias":"manual","name":"manual.pdf","description":"The manual","blueprintId":"p1","visibility":"protected","meta":{"contentType":"application/pdf"},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Datasets(), .. Records(), .. Files()];

    private static IEnumerable<OperationCase> Datasets() =>
    [
        new(
            "DatasetClient.ListAsync",
            async (api, token) => (await api.Dataset.ListAsync(new ListRequest { Cursor = "d0" }, token)).Items[0].Store,
            "GET /api/v1/dataset/list?cursor=d0",
            $$"""{"items":[{{Dataset}}],"cursor":"x1"}""",
            "local"),
        new(
            "DatasetClient.ListAsync streamed",
            async (api, token) => (await api.Dataset.ListAsync(cancellationToken: token).ToListAsync())[0].SearchMaxTokens.ToString()!,
            "GET /api/v1/dataset/list",
            $$"""{"type":"item","data":{{Dataset}} }""",
            "4000") { Accept = "application/jsonl" },
        new(
            "DatasetClient.CreateAsync",
            async (api, token) => (await api.Dataset.CreateAsync(
                new DatasetCreateRequest
                {
                    Name = "Manual",
                    Store = "local",
                    Reranker = "r-1",
                    RecordMaxTokens = 256,
                    SearchMinScore = 0.25,
                    SearchMaxRecords = 5,
                    SearchMaxTokens = 4000,
                    MatchInstruction = "Use {search}",
                    MismatchInstruction = "-",
                    Separators = "##,#",
                },
                token)).Id,
            "POST /api/v1/dataset/create\n" + """{"name":"Manual","store":"local","reranker":"r-1","recordMaxTokens":256,"searchMinScore":0.25,"searchMaxRecords":5,"searchMaxTokens":4000,"matchInstruction":"Use {search}","mismatchInstruction":"-","separators":"##,#"}""",
            Id,
            "x1"),
        new(
            "DatasetClient.FetchAsync",
            async (api, token) => (await api.Dataset.FetchAsync("d1", token)).SearchMinScore == 0.25 ? "a quarter" : "?",
            "GET /api/v1/dataset/d1/fetch",
            Dataset,
            "a quarter"),
        new(
            "DatasetClient.UpdateAsync",
            async (api, token) => (await api.Dataset.UpdateAsync("d1", new DatasetUpdateRequest { RecordMaxTokens = 512, SearchMinScore = 0.5, Reranker = Optional<string>.Null, SearchMaxRecords = Optional<int>.Null }, token)).Id,
            "POST /api/v1/dataset/d1/update\n" + """{"reranker":null,"recordMaxTokens":512,"searchMinScore":0.5,"searchMaxRecords":null}""",
            Id,
            "x1"),
        new(
            "DatasetClient.DeleteAsync",
            async (api, token) => (await api.Dataset.DeleteAsync("d1", token)).Id,
            "POST /api/v1/dataset/d1/delete\n{}",
            Id,
            "x1"),
        new(
            "DatasetClient.SearchAsync",
            async (api, token) => (await api.Dataset.SearchAsync("d1", new DatasetSearchRequest { Search = "button", Filter = new JsonObject { ["page"] = new JsonObject { ["$gte"] = 2 } } }, token)).Records[0].Source!,
            "POST /api/v1/dataset/d1/search\n" + """{"search":"button","filter":{"page":{"$gte":2}}}""",
            """{"id":"d1","records":[{"id":"r1","text":"Press the button.","source":"https://example.com/a","meta":{"page":2},"score":0.75}]}""",
            "https://example.com/a"),
    ];

    private static IEnumerable<OperationCase> Records() =>
    [
        new(
            "RecordClient.ListAsync",
            async (api, token) => (await api.Dataset.Record.ListAsync("d1", new ListRequest { Take = 1 }, token)).Items[0].Meta!["page"]!.ToString(),
            "GET /api/v1/dataset/d1/record/list?take=1",
            $$"""{"items":[{{Record}}]}""",
            "2"),
        new(
            "RecordClient.ListAsync at the end",
            async (api, token) => (await api.Dataset.Record.ListAsync("d1", new ListRequest { Cursor = "opaque/1" }, token)).Cursor ?? "no cursor",
            "GET /api/v1/dataset/d1/record/list?cursor=opaque%2F1",
            """{"items":[],"cursor":null}""",
            "no cursor"),
        new(
            "RecordClient.ImportAsync of a stream",
            async (api, token) => (await api.Dataset.Record.ImportAsync("d1", new MemoryStream("text\na\n"u8.ToArray()), "text/csv", token)).Errors[0].Message,
            "POST /api/v1/dataset/d1/record/import\ntext\na\n",
            """{"id":"d1","imported":1,"changed":1,"failed":1,"errors":[{"line":3,"message":"\"text\" may not be empty"}]}""",
            "\"text\" may not be empty") { ContentType = "text/csv" },
        new(
            "RecordClient.ImportAsync of rows, streamed",
            async (api, token) => string.Join(' ', (await api.Dataset.Record.ImportAsync(
                "d1", new[] { new RecordImportRow { Text = "a", Source = "s", Id = "1", Meta = new JsonObject { ["page"] = 1 } }, new RecordImportRow { Text = "b" } }.ToAsyncEnumerable(), token)
                .ToListAsync()).Select(item => $"{item.Type}:{item.Line}{item.Imported}")),
            "POST /api/v1/dataset/d1/record/import\n" + """{"text":"a","id":"1","source":"s","meta":{"page":1}}""" + "\n" + """{"text":"b"}""" + "\n",
            """{"type":"item","data":{"type":"failed","line":2,"message":"no"}}""" + "\n" + """{"type":"item","data":{"type":"result","imported":1,"changed":1,"failed":1}}""",
            "failed:2 result:1") { Accept = "application/jsonl", ContentType = "application/jsonl" },
        new(
            "RecordClient.ExportAsync",
            async (api, token) => (await api.Dataset.Record.ExportAsync("d1", cancellationToken: token)).Cursor!,
            "GET /api/v1/dataset/d1/record/export",
            $$"""{"items":[{{Record}}],"cursor":"x1"}""",
            "x1"),
        new(
            "RecordClient.ExportAsync streamed",
            async (api, token) => (await api.Dataset.Record.ExportAsync("d1", cancellationToken: token).ToListAsync())[0].Text,
            "GET /api/v1/dataset/d1/record/export",
            $$"""{"type":"item","data":{{Record}} }""",
            "Press the button.") { Accept = "application/jsonl" },
        new(
            "RecordClient.ExportCsvAsync",
            async (api, token) => await Clients.WrittenAsync(file => api.Dataset.Record.ExportCsvAsync("d1", file, new ListRequest { Take = 2 }, token)),
            "GET /api/v1/dataset/d1/record/export?take=2",
            "\"id\"\n\"x1\"\n",
            "\"id\"\n\"x1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "RecordClient.CreateAsync",
            async (api, token) => (await api.Dataset.Record.CreateAsync("d1", new RecordCreateRequest { Text = "Press.", Source = "https://example.com/a", Meta = new JsonObject { ["page"] = 2 } }, token)).Id,
            "POST /api/v1/dataset/d1/record/create\n" + """{"text":"Press.","source":"https://example.com/a","meta":{"page":2}}""",
            Id,
            "x1"),
        new(
            "RecordClient.FetchAsync",
            async (api, token) => (await api.Dataset.Record.FetchAsync("d1", "r1", token)).Source!,
            "GET /api/v1/dataset/d1/record/r1/fetch",
            Record,
            "https://example.com/a"),
        new(
            "RecordClient.UpdateAsync",
            async (api, token) => (await api.Dataset.Record.UpdateAsync("d1", "r1", new RecordUpdateRequest { Text = "Pull." }, token)).Id,
            "POST /api/v1/dataset/d1/record/r1/update\n" + """{"text":"Pull."}""",
            Id,
            "x1"),
        new(
            "RecordClient.DeleteAsync",
            async (api, token) => (await api.Dataset.Record.DeleteAsync("d1", "r1", token)).Id,
            "POST /api/v1/dataset/d1/record/r1/delete\n{}",
            Id,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Files() =>
    [
        new(
            "DatasetFileClient.ListAsync",
            async (api, token) => (await api.Dataset.File.ListAsync("d1", new ListRequest { Order = ListOrder.Descending }, token)).Items[0].Name!,
            "GET /api/v1/dataset/d1/file/list?order=desc",
            $$"""{"items":[{{StoredFile}}],"cursor":"x1"}""",
            "manual.pdf"),
        new(
            "DatasetFileClient.ListAsync streamed",
            async (api, token) => (await api.Dataset.File.ListAsync("d1", cancellationToken: token).ToListAsync())[0].Alias!,
            "GET /api/v1/dataset/d1/file/list",
            $$"""{"type":"item","data":{{StoredFile}} }""",
            "manual") { Accept = "application/jsonl" },
        new(
            "DatasetFileClient.AttachAsync",
            async (api, token) => (await api.Dataset.File.AttachAsync("d1", "f1", new DatasetFileAttachRequest { Type = DatasetFileType.Source }, token)).Id,
            "POST /api/v1/dataset/d1/file/f1/attach\n" + """{"type":"source"}""",
            Id,
            "x1"),
        new(
            "DatasetFileClient.DetachAsync",
            async (api, token) => (await api.Dataset.File.DetachAsync("d1", "f1", new DatasetFileDetachRequest { DeleteRecords = true }, token)).Id,
            "POST /api/v1/dataset/d1/file/f1/detach\n" + """{"deleteRecords":true}""",
            Id,
            "x1"),
        new(
            "DatasetFileClient.FetchAsync",
            async (api, token) => (await api.Dataset.File.FetchAsync("d1", "f1", token)).Records.ToString(),
            "GET /api/v1/dataset/d1/file/f1/fetch",
            """{"id":"f1","type":"source","state":"imported","error":null,"records":12,"importedAt":1767225600002,"createdAt":1767225600000}""",
            "12"),
        new(
            "DatasetFileClient.SyncAsync",
            async (api, token) => (await api.Dataset.File.SyncAsync("d1", "f1", token)).Id,
            "POST /api/v1/dataset/d1/file/f1/sync\n{}",
            Id,
            "x1"),
    ];
}
