using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The event log as its owner reads it.</summary>
public sealed class EventLogTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Resource_IsLogged_WithItselfItsParentAndWhatItRefersTo()
    {
        var skillset = await CreateAsync("skillset/create", new { name = "Tools" });
        var ability = await CreateAsync($"skillset/{skillset}/ability/create", new { name = "Echo", instruction = "Say it." });
        await _server.PostAsync($"skillset/{skillset}/ability/{ability}/update", """{"name":"Echo it"}""");
        var bot = await CreateAsync("bot/create", new { name = "Flora", skillsetId = skillset });
        await _server.PostAsync($"bot/{bot}/delete", "{}");

        var events = await ListAsync($"skillsetId={skillset}&order=asc");

        Assert.Equal(["skillset.create", "ability.create", "ability.update", "bot.create", "bot.delete"], events.Select(one => one.Text("type")));
        Assert.Equal((ability, "Ability updated"), (events[2].Text("abilityId"), events[2].Text("name")));
        Assert.Equal((bot, JsonValueKind.Null), (events[3].Text("botId"), events[3].GetProperty("meta").ValueKind));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), events[0].GetProperty("createdAt").GetInt64());
    }

    [Fact]
    public async Task Resource_ThatEventsHaveNoFieldFor_IsNamedInMeta()
    {
        var space = await CreateAsync("space/create", new { name = "Shelf" });

        var one = Assert.Single(await ListAsync($"meta.id={space}"));

        Assert.Equal("space.create", one.Text("type"));
    }

    [Fact]
    public async Task Conversation_IsLogged_FromItsFirstMessageToItsDeletion()
    {
        var bot = await CreateAsync("bot/create", new { name = "Flora" });
        var conversation = await _server.CreateConversationAsync($$"""{"botId":"{{bot}}","messages":[{"type":"user","text":"Secret lilies"}]}""");
        var message = await _server.CreateMessageAsync(conversation, "Secret roses");
        await _server.PostAsync($"conversation/{conversation}/message/{message}/update", """{"text":"Secret tulips"}""");
        await _server.PostAsync($"conversation/{conversation}/message/{message}/delete", "{}");
        await _server.PostAsync($"conversation/{conversation}/update", """{"name":"Secret name"}""");
        await _server.PostAsync($"conversation/{conversation}/delete", "{}");

        var events = await ListAsync($"conversationId={conversation}&order=asc");

        Assert.Equal(
            ["conversation.create", "message.create", "message.create", "message.update", "message.delete", "conversation.update", "conversation.delete"],
            events.Select(one => one.Text("type")));
        Assert.All(events, one => Assert.Equal(bot, one.Text("botId")));
        Assert.DoesNotContain("Secret", await _server.Owner.ReadTextAsync("event/log/list"), StringComparison.Ordinal);
        Assert.Equal(["conversation.create", "conversation.delete"], (await ListAsync(
            $"botId={bot}&type=conversation.create,conversation.delete&order=asc")).Select(one => one.Text("type")));
    }

    [Fact]
    public async Task Conversation_ThatExpires_IsLogged()
    {
        var conversation = await _server.CreateConversationAsync();
        await _server.Server.Store.ExecuteAsync("""UPDATE "Conversations" SET "ExpiresAt" = 1 WHERE "Id" = $1""", conversation);

        await ((IStoreMaintenance)_server.Server.Store).DeleteExpiredConversationsAsync(2_000, Token);

        Assert.Equal("conversation.delete", Assert.Single(await ListAsync($"type=conversation.delete&conversationId={conversation}")).Text("type"));
    }

    [Fact]
    public async Task SearchesDownloadsAndErrors_AreLogged_AndCountedWhileTheyWait()
    {
        var dataset = await CreateAsync("dataset/create", new { name = "Flowers" });
        var record = await CreateAsync($"dataset/{dataset}/record/create", new { text = "Lilies are white." });
        var file = await CreateAsync("file/create", new { name = "list" });
        await _server.PostAsync($"file/{file}/upload", """{"file":"data:text/plain,Lilies"}""");
        for (var time = 0; time < 3; time++)
            await _server.PostAsync($"dataset/{dataset}/search", """{"search":"Lilies"}""");
        await _server.Owner.ReadTextAsync($"file/{file}/download");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "bot/nothing/fetch");

        var search = Assert.Single(await ListAsync("type=dataset.search"));
        Assert.Equal((dataset, 3), (search.Text("datasetId"), search.GetProperty("meta").GetProperty("count").GetInt32()));
        Assert.Equal(record, Assert.Single(await ListAsync($"recordId={record}")).Text("recordId"));
        Assert.Equal(["file.create", "file.upload", "file.download"], (await ListAsync($"fileId={file}&order=asc")).Select(one => one.Text("type")));
        var meta = Assert.Single(await ListAsync("type=api.error")).GetProperty("meta");
        Assert.Equal(("fetchBot", 404, "NOT_FOUND"), (meta.Text("operation"), meta.GetProperty("status").GetInt32(), meta.Text("code")));
    }

    [Fact]
    public async Task List_PagesInBothOrders_AndAnUnknownCursorIsTheEnd()
    {
        var bots = new List<string>();
        for (var index = 0; index < 5; index++)
            bots.Add(await CreateAsync("bot/create", new { name = $"Bot {index}" }));

        var first = await _server.GetAsync("event/log/list?type=bot.create&take=2");
        var second = await _server.GetAsync($"event/log/list?type=bot.create&take=2&cursor={first.Text("cursor")}");

        Assert.Equal([bots[4], bots[3], bots[2], bots[1]], first.Items().Concat(second.Items()).Select(one => one.Text("botId")));
        Assert.Equal(bots, (await ListAsync("type=bot.create&order=asc")).Select(one => one.Text("botId")));
        Assert.Empty(await ListAsync("cursor=nothing"));
        await _server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *at most 50 values*", HttpMethod.Get, $"event/log/list?botId={string.Join(',', Enumerable.Range(0, 51))}");
    }

    [Theory]
    [InlineData("", "4 3 2 1 0")]
    [InlineData("to=12:02:00", "2 1 0")]
    [InlineData("to=12:01:59", "1 0")]
    [InlineData("from=12:03:00", "4 3")]
    [InlineData("from=12:01:00&to=12:03:00", "3 2 1")]
    [InlineData("from=12:02:01&to=12:02:59", "")]
    public async Task List_WithTimes_IncludesBothEnds_InBothOrders(string query, string expected)
    {
        // The next day, because the clock of the test only goes on.
        var start = new DateTimeOffset(_time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero).AddHours(12);
        _time.SetUtcNow(start);
        for (var number = 0; number < 5; number++)
        {
            await CreateAsync("bot/create", new { name = "Bot", meta = new { number } });
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var names = (await _server.GetAsync("bot/list")).Items().ToDictionary(one => one.Id(), one => one.GetProperty("meta").GetProperty("number").GetInt32());
        var times = query.Replace("=", $"={start:yyyy-MM-dd}T", StringComparison.Ordinal);
        foreach (var filter in new[] { "", "&type=bot.create", $"&botId={string.Join(',', names.Keys)}" })
        {
            Assert.Equal(expected, await NumbersAsync($"event/log/list?{times}{filter}"));
            Assert.Equal(string.Join(' ', expected.Split(' ').Reverse()), await NumbersAsync($"event/log/export?order=asc&{times}{filter}"));
            // Pages stay within the times.
            var first = await _server.GetAsync($"event/log/list?take=2&{times}{filter}");
            var second = first.TryGetProperty("cursor", out var cursor) ? (await _server.GetAsync($"event/log/list?{times}{filter}&cursor={cursor.GetString()}")).Items() : [];
            Assert.Equal(expected, string.Join(' ', first.Items().Concat(second).Select(NumberOf)));
        }

        async Task<string> NumbersAsync(string path) => string.Join(' ', (await _server.GetAsync(path)).Items().Select(NumberOf));

        int NumberOf(JsonElement one) => names[one.Text("botId")!];
    }

    [Theory]
    [InlineData("from=2199-01-01", 0)]
    [InlineData("to=9999-12-31", 1)]
    [InlineData("from=0001-01-01", 1)]
    [InlineData("to=0001-01-01", 0)]
    public async Task List_WithTimesThatNoEventCanHave_IsNoFault(string query, int count)
    {
        await CreateAsync("bot/create", new { name = "Flora" });

        Assert.Equal(count, (await ListAsync(query)).Count);
        Assert.Equal(count, (await ListAsync($"{query}&type=bot.create&order=asc")).Count);
    }

    [Fact]
    public async Task Export_AsATable_HasAColumnForEachField()
    {
        var bot = await CreateAsync("bot/create", new { name = "Flora" });

        var lines = (await _server.Owner.ReadTextAsync($"event/log/export?botId={bot}", "text/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("botId", lines[0], StringComparison.Ordinal);
        Assert.Contains(bot, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stranger_SeesNothing_AndASessionIsRefused()
    {
        var bot = await CreateAsync("bot/create", new { name = "Flora" });
        using var stranger = await _server.StrangerAsync();
        using var session = await _server.SessionAsync(await _server.CreateConversationAsync());

        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, $"event/log/list?botId={bot}")).Items());
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "event/log/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, "event/log/subscribe", "{}");
    }

    [Fact]
    public async Task Retention_DeletesEventsThatAreOlderThanTheSetting()
    {
        var old = await CreateAsync("bot/create", new { name = "Old" });
        await _server.Server.Store.ExecuteAsync(
            """UPDATE "Events" SET "Number" = "Number" - $1""", Server.Changes.EventNumbers.FirstAt((long)TimeSpan.FromDays(366).TotalMilliseconds));
        var young = await CreateAsync("bot/create", new { name = "Young" });

        await ((IDueWorkHandler)_server.Service<EventRetentionWork>()).WorkAsync(null!, Token);

        var events = await ListAsync("");
        Assert.Contains(events, one => one.Text("botId") == young);
        Assert.DoesNotContain(events, one => one.Text("botId") == old);
    }

    [Fact]
    public async Task Setting_OfNoDays_StoresNoEvents()
    {
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_EVENT_DAYS"] = "0" });
        await server.CreateMessageAsync(await server.CreateConversationAsync(), "Lilies");
        await server.PostAsync("bot/create", "{}");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "bot/nothing/fetch");

        Assert.Empty((await server.GetAsync("event/log/list")).Items());
    }

    private async Task<string> CreateAsync(string path, object body) => (await _server.Owner.ReadAsync(HttpMethod.Post, path, body)).Id();

    private async Task<List<JsonElement>> ListAsync(string query) => [.. (await _server.GetAsync($"event/log/list?{query}")).Items()];
}
