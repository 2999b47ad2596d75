using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Features.Datasets.Records;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The import of records from JSON Lines and CSV.</summary>
public sealed class RecordImportTests : IAsyncLifetime
{
    private const string Jsonl = "application/jsonl";
    private const string Csv = "text/csv";

    private FeatureServer _server = null!;
    private string _dataset = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => $"dataset/{_dataset}/record/import";

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _dataset = await _server.CreateDatasetAsync("{}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task JsonLines_BecomeRecords_ThatAreFound()
    {
        var result = await ImportAsync("""
            {"text":"Orchids need water.","source":"https://a.example","meta":{"page":1},"id":"faq-1"}

            {"text":"Roses need sun.","createdAt":1,"updatedAt":2}
            """, Jsonl);

        Assert.Equal((_dataset, 2, 2, 0), NumbersOf(result));
        var records = (await _server.GetAsync($"dataset/{_dataset}/record/list")).Items().ToList();
        var orchids = records.Single(record => record.Text("text") == "Orchids need water.");
        Assert.Equal("https://a.example", orchids.Text("source"));
        Assert.Equal(1, orchids.GetProperty("meta").GetProperty("page").GetInt32());
        Assert.StartsWith($"{_dataset}-", orchids.Id(), StringComparison.Ordinal);
        var found = await _server.PostAsync($"dataset/{_dataset}/search", """{"search":"roses"}""");
        Assert.Equal("Roses need sun.", Assert.Single(found.GetProperty("records").EnumerateArray()).Text("text"));
    }

    [Fact]
    public async Task Import_IsLogged_FromItsBeginningToItsEnd()
    {
        await ImportAsync("""{"text":"one"}""", Jsonl);
        using (var refused = await SendAsync(string.Concat(Enumerable.Repeat("{\"text\":5}\n", RecordImport.MaxFailed + 1)), Jsonl))
            await refused.AssertRefusedAsync("400 BAD_REQUEST");

        var events = (await _server.GetAsync($"event/log/list?datasetId={_dataset}&type=dataset.import.job.start,dataset.import.job.finish&order=asc")).Items();
        Assert.Equal(
            ["dataset.import.job.start", "dataset.import.job.finish", "dataset.import.job.start", "dataset.import.job.finish failed"],
            events.Select(one => one.GetProperty("meta").ValueKind == JsonValueKind.Object ? $"{one.Text("type")} failed" : one.Text("type")));
    }

    [Fact]
    public async Task Import_Repeated_ChangesNothing_AndWithAnotherTextUpdatesTheRowOfTheId()
    {
        const string Rows = """
            {"text":"one","id":"a"}
            {"text":"two"}
            {"text":"two","source":"s"}
            """;
        await ImportAsync(Rows, Jsonl);
        var before = (await _server.GetAsync($"dataset/{_dataset}/record/list")).GetProperty("items").GetRawText();

        Assert.Equal((_dataset, 3, 0, 0), NumbersOf(await ImportAsync(Rows, Jsonl)));
        Assert.Equal(before, (await _server.GetAsync($"dataset/{_dataset}/record/list")).GetProperty("items").GetRawText());
        Assert.Equal((_dataset, 3, 1, 0), NumbersOf(await ImportAsync(Rows.Replace("one", "uno", StringComparison.Ordinal), Jsonl)));
        Assert.Equal(["two", "two", "uno"], await TextsAsync());
    }

    [Fact]
    public async Task Export_ImportedAgain_ChangesNothing()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Line one\nline \"two\", €", "s", """{"a":[1,{"b":"c"}]}""");
        await ImportAsync("""{"text":"imported"}""", Jsonl);

        var table = await _server.Owner.ReadTextAsync($"dataset/{_dataset}/record/export", Csv);
        Assert.Equal((_dataset, 2, 0, 0), NumbersOf(await ImportAsync(table, Csv)));
        var record = await _server.GetAsync($"dataset/{_dataset}/record/{id}/fetch");
        Assert.Equal((_dataset, 1, 0, 0), NumbersOf(await ImportAsync(record.GetRawText(), Jsonl)));
    }

    [Fact]
    public async Task Csv_WithQuotedCells_AndColumnsOfMeta_IsRead()
    {
        var result = await ImportAsync(
            "\uFEFFsource,text,meta.lang,meta\r\n" +
            "a.md,\"Two lines,\r\nand a \"\"quote\"\"\",de,\"{\"\"page\"\":7}\"\r\n" +
            "\r\n" +
            ",Plain,,\r\n",
            Csv);

        Assert.Equal((_dataset, 2, 2, 0), NumbersOf(result));
        var records = (await _server.GetAsync($"dataset/{_dataset}/record/list")).Items().ToList();
        var quoted = records.Single(record => record.Text("source") == "a.md");
        Assert.Equal("Two lines,\nand a \"quote\"", quoted.Text("text"));
        Assert.Equal(("de", 7), (quoted.GetProperty("meta").Text("lang"), quoted.GetProperty("meta").GetProperty("page").GetInt32()));
        Assert.Equal(JsonValueKind.Null, records.Single(record => record.Text("text") == "Plain").GetProperty("meta").ValueKind);
    }

    [Theory]
    [InlineData("""{"text":" "}""", "\"text\" may not be empty")]
    [InlineData("""{"source":"a"}""", "\"text\" is required")]
    [InlineData("""{"text":1}""", "\"text\" must be a string")]
    [InlineData("""{"text":"a","meta":[]}""", "\"meta\" must be an object")]
    [InlineData("""{"text":"a","meta":{"_x":1}}""", "\"meta._x\" is not allowed")]
    [InlineData("""{"text":"a","title":"b"}""", "\"title\" is not allowed")]
    [InlineData("""{"text":"a","id":""}""", "\"id\" may not be empty")]
    [InlineData("""{"text":"a\u0000"}""", "\"text\" holds the character U+0000")]
    [InlineData("""{"text":"a","text":"b"}""", "The line is not valid JSON")]
    [InlineData("""{"text":"\ud800"}""", "The line holds text that is not valid Unicode")]
    [InlineData("""[1]""", "The line must be a JSON object")]
    [InlineData("""{"text":""", "The line is not valid JSON")]
    public async Task BadRow_IsNamed_AndTheImportGoesOn(string row, string message)
    {
        var result = await ImportAsync($"{{\"text\":\"first\"}}\n{row}\n{{\"text\":\"last\"}}\n", Jsonl);

        Assert.Equal((_dataset, 2, 2, 1), NumbersOf(result));
        var error = Assert.Single(result.GetProperty("errors").EnumerateArray());
        Assert.Equal(2, error.GetProperty("line").GetInt64());
        Assert.StartsWith(message, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(["first", "last"], await TextsAsync());
    }

    [Fact]
    public async Task LongTextsAndLines_AreRefused_AndTheLongestIsNot()
    {
        var result = await ImportAsync(
            $"{{\"text\":\"{new string('a', 65_535)}\"}}\n{{\"text\":\"{new string('b', 65_536)}\"}}\n{new string('c', ImportLines.MaxBytes + 1)}\n{{\"text\":\"last\"}}", Jsonl);

        Assert.Equal((_dataset, 2, 2, 2), NumbersOf(result));
        Assert.Equal([2, 3], result.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("line").GetInt32()));
        Assert.Equal([65_535, 4], (await TextsAsync()).Select(text => text.Length));
    }

    [Theory]
    [InlineData("text,source\none,a\nonly\nlast,b\n", 3, "The row has 1 cells, and the first line names 2 columns")]
    [InlineData("text\none\n\"a\"b\"\"c\nlast\n", 3, "The quotes of a cell are wrong")]
    [InlineData("text\none\nlast\n\"open\n\n", 4, "The quotes of a cell are not closed")]
    [InlineData("text,meta\none,\ntwo,[1]\nlast,\n", 3, "\"meta\" must be a JSON object")]
    public async Task BadCsvRow_IsNamed_AndTheImportGoesOn(string table, int line, string message)
    {
        var result = await ImportAsync(table, Csv);

        var error = Assert.Single(result.GetProperty("errors").EnumerateArray());
        Assert.Equal((line, message), (error.GetProperty("line").GetInt32(), error.Text("message")));
        Assert.Equal(["last", "one"], await TextsAsync());
    }

    [Theory]
    [InlineData("source\na\n", "The first line must name the column \"text\"")]
    [InlineData("text,titel\na,b\n", "The column \"titel\" is not allowed*")]
    [InlineData("text,text\na,b\n", "The first line names a column twice")]
    public async Task CsvWithoutItsColumns_Is400(string table, string message)
    {
        using var answer = await SendAsync(table, Csv);

        await answer.AssertRefusedAsync($"400 BAD_REQUEST: {message}");
    }

    [Fact]
    public async Task TooManyBadRows_StopTheImport_AndWhatWasBeforeRemains()
    {
        var rows = string.Concat(Enumerable.Range(0, 1_002).Select(i => i is 500 ? "{\"text\":\"good\"}\n" : "bad\n")) + "{\"text\":\"behind\"}\n";

        using (var answer = await SendAsync(rows, Jsonl))
            await answer.AssertRefusedAsync("400 BAD_REQUEST: More than 1000 rows can't be imported, so the import stopped at line 1002*");
        using (var answer = await SendAsync(rows, Jsonl, accept: Jsonl))
        {
            var lines = Lines(await answer.ReadTextAsync());
            Assert.Equal(1_001, lines.Count(line => line.Text("type") == "item" && line.GetProperty("data").Text("type") == "failed"));
            Assert.Equal(("error", "BAD_REQUEST"), (lines[^1].Text("type"), lines[^1].GetProperty("data").Text("code")));
        }

        Assert.Equal(["good"], await TextsAsync());
    }

    [Theory]
    [InlineData("application/json", null, "415 UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("application/jsonl", "text/event-stream", "400 BAD_REQUEST")]
    public async Task OtherFormats_AreRefused(string type, string? accept, string refusal)
    {
        using var answer = await SendAsync("{}", type, accept: accept);

        await answer.AssertRefusedAsync(refusal);
    }

    [Fact]
    public async Task Import_IntoADatasetOfAnotherAccount_IsNotFoundEvenIfItIsPublic()
    {
        await _server.PostAsync($"dataset/{_dataset}/update", """{"visibility":"public"}""");
        using var stranger = await _server.StrangerAsync();

        using var answer = await SendAsync("""{"text":"a"}""", Jsonl, client: stranger);

        await answer.AssertRefusedAsync("404 NOT_FOUND: Dataset not found");
    }

    /// <summary>A raw connection, because an HTTP client reads the response after it has sent the whole body.</summary>
    [Fact]
    public async Task Progress_ArrivesWhileTheBodyIsSent_AndRemainsAfterTheConnectionBreaks()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_server.Server.Address.Host, _server.Server.Address.Port, Token);
        await using var stream = connection.GetStream();
        async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Token);
        async Task SendChunkAsync(string text) => await WriteAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");
        await WriteAsync($"""
            POST /api/v1/{Path} HTTP/1.1
            Host: localhost
            Authorization: Bearer {ServerFactory.OwnerSecret}
            Accept: application/jsonl
            Content-Type: application/jsonl
            Transfer-Encoding: chunked


            """.ReplaceLineEndings("\r\n"));
        await SendChunkAsync("{\"text\":\"one\"}\n{\"text\":\"two\"}\nbad\n{\"text\":\"cut");
        var received = "";
        var buffer = new byte[4096];
        while (!received.Contains("\"imported\":2", StringComparison.Ordinal) || !received.Contains("\"line\":3", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, Token);
            Assert.True(count > 0, received);
            received += Encoding.UTF8.GetString(buffer, 0, count);
        }

        connection.Close();

        Assert.Equal(["one", "two"], await TextsAsync());
        Assert.Equal((_dataset, 3, 1, 0), NumbersOf(await ImportAsync("{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":\"cut off\"}", Jsonl)));
    }

    [Fact]
    public async Task ManyRows_AreImported_WithTheNumbersAtTheEnd()
    {
        var rows = string.Concat(Enumerable.Range(0, 1_050).Select(i => $"{{\"text\":\"row {i}\"}}\n"));

        using var answer = await SendAsync(rows, "application/x-ndjson; charset=utf-8", accept: Jsonl);

        var lines = Lines(await answer.ReadTextAsync());
        Assert.All(lines, line => Assert.Equal("item", line.Text("type")));
        var last = lines[^1].GetProperty("data");
        Assert.Equal(("result", 1_050, 1_050, 0), (last.Text("type"), last.GetProperty("imported").GetInt32(), last.GetProperty("changed").GetInt32(), last.GetProperty("failed").GetInt32()));
    }

    private static (string, int, int, int) NumbersOf(JsonElement result) =>
        (result.Id(), result.GetProperty("imported").GetInt32(), result.GetProperty("changed").GetInt32(), result.GetProperty("failed").GetInt32());

    private static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private async Task<IReadOnlyList<string>> TextsAsync() =>
        [.. (await _server.GetAsync($"dataset/{_dataset}/record/list")).Items().Select(record => record.Text("text")!).Order(StringComparer.Ordinal)];

    private async Task<JsonElement> ImportAsync(string rows, string type)
    {
        using var answer = await SendAsync(rows, type);
        return await answer.ReadAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string rows, string type, string? accept = null, HttpClient? client = null) =>
        (client ?? _server.Owner).SendAsync(
            HttpMethod.Post, Path, new StringContent(rows) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, accept);
}
