using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The records of datasets: their fields, their owner and their lists.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _records = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _records = $"dataset/{ApiJson.Id(await _server.PostAsync("dataset/create", """{"alias":"manual"}"""))}/record";
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Record_IsStoredAsGiven_AndFoundByTheAliasOfItsDataset()
    {
        var id = await CreateAsync("""{"text":" Wash at 40 °C.\n","source":"https://shop.example/care","meta":{"page":3,"tags":["a","b"],"deep":{"x":null} }}""");

        var record = await _server.GetAsync($"dataset/@manual/record/{id}/fetch");

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal((id, " Wash at 40 °C.\n", "https://shop.example/care"), (record.Id(), record.Text("text"), record.Text("source")));
        Assert.Equal("""{"page":3,"tags":["a","b"],"deep":{"x":null}}""", record.GetProperty("meta").GetRawText());
        Assert.True(record.GetProperty("createdAt").GetInt64() > 0);
        Assert.Equal(["createdAt", "id", "meta", "source", "text", "updatedAt"], record.EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task Update_ChangesWhatIsGiven_AndTakesNullAsAbsent()
    {
        var id = await CreateAsync("""{"text":"a","source":"s","meta":{"a":1,"b":2} }""");

        await _server.PostAsync($"{_records}/{id}/update", """{"text":null,"source":null,"meta":null}""");
        Assert.Equal("""a s {"a":1,"b":2}""", await DescribeAsync(id));
        await _server.PostAsync($"{_records}/{id}/update", """{"meta":{"$update":{"b":3} }}""");
        Assert.Equal("""a s {"a":1,"b":3}""", await DescribeAsync(id));
        await _server.PostAsync($"{_records}/{id}/update", """{"text":"b","source":"","meta":{"c":1} }""");
        Assert.Equal("""b  {"c":1}""", await DescribeAsync(id));
        Assert.Equal(id, ApiJson.Id(await _server.PostAsync($"{_records}/{id}/update", "{}")));
    }

    [Fact]
    public async Task DeletedRecord_IsGoneEverywhere()
    {
        var (id, other) = (await CreateAsync("""{"text":"a"}"""), await CreateAsync("""{"text":"b"}"""));

        Assert.Equal(id, ApiJson.Id(await _server.PostAsync($"{_records}/{id}/delete", "{}")));

        foreach (var (method, path) in new[] { (HttpMethod.Get, "fetch"), (HttpMethod.Post, "update"), (HttpMethod.Post, "delete") })
            await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Record not found", method, $"{_records}/{id}/{path}", method == HttpMethod.Get ? null : "{}");
        Assert.Equal([other], (await _server.GetAsync($"{_records}/list")).Ids());
    }

    [Theory]
    [InlineData("{}", "*\"text\"*")]
    [InlineData("""{"text":null}""", "*\"text\"*")]
    [InlineData("""{"text":""}""", "\"text\" may not be empty")]
    [InlineData("""{"text":" \t\u00a0\n"}""", "\"text\" may not be empty")]
    [InlineData("""{"text":"a\u0000b"}""", "\"text\" holds*")]
    [InlineData("""{"text":"a","source":"@769"}""", "\"source\" may not be longer than 768 bytes")]
    [InlineData("""{"text":"a","source":"\u0000"}""", "\"source\" holds*")]
    [InlineData("""{"text":"a","meta":{"_a":1} }""", "\"meta._a\"*")]
    [InlineData("""{"text":"a","meta":{"a":"\u0000"} }""", "\"meta\" holds*")]
    [InlineData("""{"text":"a","meta":{"a":"@65530"} }""", "\"meta\" may not be longer than 65535 bytes*")]
    [InlineData("""{"text":"a","meta":[]}""", "*\"meta\"*")]
    [InlineData("""{"text":"a","other":1}""", "*\"other\"*")]
    public async Task BadField_IsRefusedByName(string body, string message)
    {
        var id = await CreateAsync("""{"text":"a"}""");
        if (body.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
        {
            var end = body.IndexOf('"', at);
            body = body[..at] + new string('x', int.Parse(body.AsSpan(at + 1, end - at - 1))) + body[end..];
        }

        await _server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: {message}", HttpMethod.Post, $"{_records}/create", body);
        if (!body.StartsWith("{}", StringComparison.Ordinal) && !body.Contains("null", StringComparison.Ordinal))
            await _server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: {message}", HttpMethod.Post, $"{_records}/{id}/update", body);
    }

    [Theory]
    [InlineData("a", 65_535)]
    [InlineData("é", 65_534)]
    [InlineData("語", 65_535)]
    [InlineData("🌷", 65_532)]
    public async Task LongText_IsTruncatedAfterAWholeCharacter(string character, int bytes)
    {
        var id = await CreateAsync(JsonSerializer.Serialize(new { text = string.Concat(Enumerable.Repeat(character, 70_000)) }));

        var text = (await _server.GetAsync($"{_records}/{id}/fetch")).Text("text")!;

        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(text));
        Assert.Equal(string.Concat(Enumerable.Repeat(character, bytes / Encoding.UTF8.GetByteCount(character))), text);
        await _server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: \"text\" may not be empty", HttpMethod.Post, $"{_records}/create", JsonSerializer.Serialize(new { text = new string(' ', 70_000) + "a" }));
    }

    [Fact]
    public async Task Records_AreOnlyForTheOwner_EvenOfAPublicDataset()
    {
        var id = await CreateAsync("""{"text":"a"}""");
        await _server.PostAsync(_records.Replace("/record", "/update", StringComparison.Ordinal), """{"visibility":"public"}""");
        using var stranger = await _server.StrangerAsync();
        foreach (var path in new[] { "list", "export", $"{id}/fetch" })
            await stranger.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Get, $"{_records}/{path}");
        foreach (var (path, body) in new[] { ("create", """{"text":"b"}"""), ($"{id}/update", """{"text":"b"}"""), ($"{id}/delete", "{}") })
            await stranger.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Post, $"{_records}/{path}", body);

        // The id of a record is valid only below its own dataset.
        var other = ApiJson.Id(await _server.PostAsync("dataset/create", "{}"));
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Record not found", HttpMethod.Get, $"dataset/{other}/record/{id}/fetch");
    }

    [Fact]
    public async Task List_GoesThroughAllRecords_ThoughTheOneAtTheCursorIsDeleted()
    {
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
            ids.Add(await CreateAsync($$$"""{"text":"{{{number}}}","meta":{"even":{{{(number % 2 == 0 ? "true" : "false")}}}}}"""));
        string[] even = [ids[0], ids[2], ids[4]];
        // Records of the same millisecond are in the order of their ids.
        ids = [.. (await _server.Server.Store.ListAsync(RecordTable.Rows)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => row.Id)];

        var first = await _server.GetAsync($"{_records}/list?order=asc&take=2");
        await _server.PostAsync($"{_records}/{ids[1]}/delete", "{}");
        var second = await _server.GetAsync($"{_records}/list?order=asc&take=2&cursor={first.Text("cursor")}");
        var last = await _server.GetAsync($"{_records}/list?order=asc&cursor={second.Text("cursor")}");
        var behind = await _server.GetAsync($"{_records}/list?order=asc&cursor={last.Text("cursor")}");

        Assert.Equal(ids, [.. first.Ids(), .. second.Ids(), .. last.Ids()]);
        Assert.Equal("""{"items":[]}""", behind.GetRawText());
        Assert.Equal(ids.Except([ids[1]]).Reverse(), (await _server.GetAsync($"{_records}/list")).Ids());
        Assert.Equal(even.Except([ids[1]]).Order(), (await _server.GetAsync($"{_records}/list?meta.even=true")).Ids().Order());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("MSAA")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSBh")]
    [InlineData("LTEgYQ")]
    public async Task UnknownCursor_GivesAnEmptyPage(string cursor)
    {
        await CreateAsync("""{"text":"a"}""");

        Assert.Equal("""{"items":[]}""", (await _server.GetAsync($"{_records}/list?cursor={cursor}")).GetRawText());
    }

    [Fact]
    public async Task Export_HasEveryRecord_InEveryFormat()
    {
        for (var number = 0; number < 3; number++)
            await CreateAsync($$$"""{"text":"line {{{number}}}\n\"quoted\"","source":"s","meta":{"n":{{{number}}}}}""");

        var table = await _server.Owner.ReadTextAsync($"{_records}/export", "text/csv");
        var lines = (await _server.Owner.ReadTextAsync($"{_records}/export", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var events = await _server.Owner.ReadTextAsync($"{_records}/list?take=2", "text/event-stream");

        Assert.StartsWith("\"id\",\"text\",\"source\",\"meta\",\"createdAt\",\"updatedAt\"\r\n", table, StringComparison.Ordinal);
        Assert.Contains("\"line 2\n\"\"quoted\"\"\",\"s\",\"{\"\"n\"\":2}\"", table, StringComparison.Ordinal);
        Assert.Equal(3, lines.Select(line => JsonElement.Parse(line).GetProperty("data").Id()).Distinct().Count());
        Assert.Equal(2, events.Split("event: item").Length - 1);
    }

    private async Task<string> CreateAsync(string body) => ApiJson.Id(await _server.PostAsync($"{_records}/create", body));

    private async Task<string> DescribeAsync(string id)
    {
        var record = await _server.GetAsync($"{_records}/{id}/fetch");
        return $"{record.Text("text")} {record.Text("source")} {record.GetProperty("meta").GetRawText()}";
    }
}
