using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Http;

public sealed class ListTests
{
    private static readonly IReadOnlyList<MessageItem> Items = [.. Enumerable.Range(1, 250).Select(Item)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 100, "m250", "m151")]
    [InlineData("?take=3", 3, "m250", "m248")]
    [InlineData("?take=3&order=asc", 3, "m1", "m3")]
    [InlineData("?take=2&cursor=m249", 2, "m248", "m247")]
    [InlineData("?take=0", 100, "m250", "m151")]
    [InlineData("?take=many", 100, "m250", "m151")]
    [InlineData("?take=999", 100, "m250", "m151")]
    [InlineData("?take=2&take=5&order=desc&order=asc", 2, "m250", "m249")]
    public async Task JsonPage_HasItemsAndTheLastOnesCursor(string query, int count, string first, string last)
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        var page = await server.Client().ReadAsync(HttpMethod.Get, "/v1/list" + query);

        var ids = page.Ids();
        Assert.Equal((count, first, last), (ids.Count, ids[0], ids[^1]));
        Assert.Equal(last, page.Text("cursor"));
    }

    [Fact]
    public async Task JsonPage_ThatIsEmpty_HasNoCursor()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        Assert.Equal("""{"items":[]}""", await server.Client().ReadTextAsync("/v1/list?cursor=unknown"));
    }

    [Fact]
    public async Task Route_MayBeOldestFirst()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        var page = await server.Client().ReadAsync(HttpMethod.Get, "/v1/oldest/list?take=1");

        Assert.Equal("m1", page.Text("cursor"));
    }

    [Theory]
    [InlineData("", 250)]
    [InlineData("?take=150", 150)]
    [InlineData("?take=100", 100)]
    [InlineData("?take=7", 7)]
    [InlineData("?take=1000", 250)]
    public async Task JsonLines_WalkThePagesUpToTheTotal(string query, int count)
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/list" + query, accept: "application/jsonl");

        var lines = (await answer.TextAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal("application/jsonl", answer.Header("Content-Type"));
        Assert.Equal("no", answer.Header("X-Accel-Buffering"));
        Assert.Equal(count, lines.Length);
        Assert.Equal($"m{251 - count}", JsonNode.Parse(lines[^1])!["data"]!["id"]!.GetValue<string>());
        Assert.All(lines, line => Assert.StartsWith("""{"type":"item","data":{""", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServerSentEvents_HaveOneItemEach()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/list?take=2", accept: "text/event-stream");

        var events = (await answer.TextAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/event-stream", answer.Header("Content-Type"));
        Assert.Equal(2, events.Length);
        Assert.StartsWith("event: item\ndata: {\"id\":\"m250\",", events[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_HasAHeaderAndQuotesEverything()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/list?take=1&order=asc", accept: "text/csv");

        Assert.Equal(
            "\"id\",\"type\",\"text\",\"name\",\"description\",\"meta\",\"createdAt\",\"updatedAt\"\r\n"
            + "\"m1\",\"user\",\"say \"\"hi\"\",\nplease\",\"\",\"\",\"{\"\"a\"\":[1,2]}\",\"1\",\"1\"\r\n",
            await answer.TextAsync());
    }

    [Fact]
    public async Task Csv_OfNothing_StillHasItsHeader()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/list?cursor=unknown", accept: "text/csv");

        Assert.StartsWith("\"id\",\"type\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a=b", "\"a=b\"")]
    public async Task Csv_CellsThatAreFormulas_AreDefused(string text, string cell)
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapApi(api => api.MapGet(
            "/evil/list", (ListQuery query) => Result(query, [Item(1) with { Text = text }]))));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/evil/list", accept: "text/csv");

        Assert.Contains($",{cell},", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_AreReadInBothSpellingsAndTheFirstValueWins()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        var filters = await server.Client().ReadTextAsync(
            "/v1/filters?meta.app=bot&meta[widget.id]=w1&meta.app=late&botId=a,%20b,,c&botId=z&meta.=x");

        Assert.Equal("app=bot;widget.id=w1|a;b;c|", filters);
    }

    [Theory]
    [InlineData("/v1/list?order=up", "application/json", "400 BAD_REQUEST: \"order\" must be asc or desc")]
    [InlineData("/v1/broken/list", "application/jsonl", "404 NOT_FOUND: Conversation not found")]
    public async Task Failure_BeforeTheFirstItem_HasItsOwnStatus(string path, string accept, string expected)
    {
        await using var server = await ServerFactory.StartAsync(MapLists);

        using var answer = await server.Client().SendAsync(HttpMethod.Get, path, accept: accept);

        await answer.AssertRefusedAsync(expected);
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    /// <summary>Each filter is a part of a query of the database, which databases limit.</summary>
    [Fact]
    public async Task Filters_ThatAreTooMany_AreRefused()
    {
        await using var server = await ServerFactory.StartAsync(MapLists);
        var (keys, ids) = (Enumerable.Range(0, ListFilterValues.MaxMeta).Select(key => $"&meta.k{key}=1"), Enumerable.Repeat("a", ListFilterValues.MaxValues));
        var allowed = $"/v1/filters?botId={string.Join(',', ids)}{string.Concat(keys)}";

        Assert.Contains("k49=1|a;a", await server.Client().ReadTextAsync(allowed), StringComparison.Ordinal);
        foreach (var (query, fault) in new[]
        {
            (allowed + "&meta.one=1", "A list can have at most 50 filters by \"meta\""),
            (allowed.Replace("botId=", "botId=b,", StringComparison.Ordinal), "\"botId\" must have at most 500 values"),
            ($"/v1/filters?meta.a{string.Concat(Enumerable.Repeat(".a", 48))}=1", "The key of a filter by \"meta\" must have at most 48 parts"),
        })
        {
            using var answer = await server.Client().SendAsync(HttpMethod.Get, query);
            await answer.AssertRefusedAsync($"400 BAD_REQUEST: {fault}");
        }
    }

    private static void MapLists(WebApplication app) => app.MapApi(api =>
    {
        api.MapGet("/list", (ListQuery query) => Result(query, Items));
        api.MapGet("/oldest/list", (ListQuery query) => Result(query, Items)).OldestFirst();
        api.MapGet("/broken/list", (ListQuery query) => new ListResult<MessageItem>(
            query, (_, _) => throw ApiException.NotFound("Conversation"), item => item.Id));
        api.MapGet("/filters", (ListQuery query) =>
            $"{string.Join(';', query.Meta.Select(pair => $"{pair.Key}={pair.Value}"))}|{string.Join(';', query.Values("botId"))}|{query.Value("x")}");
    });

    private static ListResult<MessageItem> Result(ListQuery query, IReadOnlyList<MessageItem> items) =>
        new(query, (page, _) => Task.FromResult(ListPiece.Of(Page(items, page), page)), item => item.Id);

    private static IReadOnlyList<MessageItem> Page(IReadOnlyList<MessageItem> items, ListPage page)
    {
        var ordered = page.Descending ? items.Reverse() : items;
        if (page.Cursor is { } cursor)
            ordered = ordered.SkipWhile(item => item.Id != cursor).Skip(1);
        return [.. ordered.Take(page.Take)];
    }

    private static MessageItem Item(int number) => new()
    {
        Id = $"m{number}",
        Type = MessageType.User,
        Text = "say \"hi\",\nplease",
        Meta = new JsonObject { ["a"] = new JsonArray(1, 2) },
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(number),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(number),
    };
}
