using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Search;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The list of conversations with the filters by time, rating and text, which are additions of this server.</summary>
public sealed class ConversationSearchTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", "cba")]
    [InlineData("from=2026-03-11", "cb")]
    [InlineData("to=2026-03-11T12:00:00Z", "ba")]
    [InlineData("to=2026-03-11T11:59:59.999Z", "a")]
    [InlineData("from=2026-03-11T13:00:00%2B01:00&to=2026-03-11T12:00Z", "b")]
    [InlineData("from=2030-01-01", "")]
    public async Task List_WithTimes_IncludesBothEnds(string query, string expected)
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await _server.CreateConversationAsync($$"""{"name":"{{name}}"}""");
            _time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(expected, await NamesAsync(query));
        Assert.Equal(expected, string.Concat((await _server.GetAsync($"conversation/export?{query}")).Items().Select(one => one.Text("name"))));
    }

    [Theory]
    [InlineData("from=today", "400 BAD_REQUEST: \"from\" must be an ISO 8601 time*")]
    [InlineData("from=2026-03-11&to=2026-03-10", "400 BAD_REQUEST: \"from\" must not be later than \"to\"")]
    [InlineData("vote=good", "400 BAD_REQUEST: \"vote\" must be up or down")]
    public async Task List_WithABadFilter_SaysWhich(string query, string refusal)
    {
        await _server.Owner.AssertRefusedAsync(refusal, HttpMethod.Get, $"conversation/list?{query}");
        await _server.Owner.AssertRefusedAsync(refusal, HttpMethod.Get, $"conversation/export?{query}");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *200 characters", HttpMethod.Get, $"conversation/list?text={new string('a', 201)}");
    }

    [Fact]
    public async Task List_WithAVote_HasTheRatedOnes_InTheOrderOfTheList()
    {
        var a = await TalkAsync("a");
        await TalkAsync("b");
        var (c, d) = (await TalkAsync("c"), await TalkAsync("d"));
        var message = await _server.CreateMessageAsync(a, "Hello", "bot");
        await _server.PostAsync($"conversation/{c}/upvote", "{}");
        await _server.PostAsync($"conversation/{a}/upvote", "{}");
        await _server.PostAsync($"conversation/{a}/message/{message}/upvote", "{}");
        await _server.PostAsync($"conversation/{d}/downvote", "{}");

        Assert.Equal(("ca", "ac"), (await NamesAsync("vote=up"), await NamesAsync("vote=up&order=asc")));
        Assert.Equal("d", await NamesAsync("vote=down"));
        await _server.PostAsync($"conversation/{d}/upvote", "{}");
        Assert.Equal(("dca", ""), (await NamesAsync("vote=up"), await NamesAsync("vote=down")));
        await _server.PostAsync($"conversation/{c}/delete", "{}");
        Assert.Equal("da", await NamesAsync("vote=up"));
        Assert.Equal("a", await NamesAsync($"vote=up&to={_time.GetUtcNow().AddSeconds(-3):yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        Assert.Equal("", await NamesAsync("vote=up", await _server.StrangerAsync()));
    }

    [Fact]
    public async Task List_WithAVoteAndABot_SkipsTheOthers()
    {
        var bot = ApiJson.Id(await _server.PostAsync("bot/create", """{"alias":"help"}"""));
        await RateAsync(await TalkAsync("a", bot));
        await RateAsync(await TalkAsync("b"));
        await RateAsync(await TalkAsync("c", bot));

        var first = await _server.GetAsync("conversation/list?vote=up&botId=@help&take=1");
        var second = await _server.GetAsync($"conversation/list?vote=up&botId=@help&take=1&cursor={first.Text("cursor")}");
        var third = await _server.GetAsync($"conversation/list?vote=up&botId=@help&take=1&cursor={second.Text("cursor")}");

        Assert.Equal(["c", "a"], first.Items().Concat(second.Items()).Select(one => one.Text("name")));
        Assert.Empty(third.Items());
        Assert.False(third.TryGetProperty("cursor", out _));
    }

    [Theory]
    [InlineData("tulip", "ba")]
    [InlineData("TULIPS", "a")]
    [InlineData("%D0%9B%D0%90%D0%9B%D0%95", "c")]
    [InlineData("50%25 off", "b")]
    [InlineData("hidden", "")]
    [InlineData("%20%20tulips%20", "a")]
    public async Task List_WithAText_HasThoseInWhichSomebodyWroteIt(string text, string expected)
    {
        await SayAsync("a", ("user", "Do you have Tulips?"));
        await SayAsync("b", ("user", "Hello"), ("bot", "A tulip is 50% off."), ("activity", "hidden"));
        await SayAsync("c", ("user", "Имате ли лалета?"), ("context", "hidden"));

        Assert.Equal(expected, await NamesAsync($"text={text}"));
        Assert.Equal(expected, string.Concat((await _server.GetAsync($"conversation/export?text={text}")).Items().Select(one => one.Text("name"))));
        Assert.Equal("", await NamesAsync($"text={text}", await _server.StrangerAsync()));
    }

    [Fact]
    public async Task Search_EndsItsPageAtItsLimit_AndGoesOnFromThere()
    {
        await SayAsync("old", ("user", "needle"));
        await AddAsync(Enumerable.Range(0, ConversationSearch.MaxConversations).Select(number => $"talk {number}"));

        var first = await _server.GetAsync("conversation/list?text=needle");
        Assert.Empty(first.Items());
        var second = await _server.GetAsync($"conversation/list?text=needle&cursor={first.Text("cursor")}");
        Assert.Equal(["old"], second.Items().Select(one => one.Text("name")));
        Assert.False(second.TryGetProperty("cursor", out _));

        var lines = (await _server.Owner.ReadTextAsync("conversation/list?text=needle", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("old", JsonElement.Parse(Assert.Single(lines)).GetProperty("data").Text("name"));
        Assert.Equal("\"id\"", (await _server.Owner.ReadTextAsync("conversation/export?text=nothing", "text/csv")).Split(',')[0]);
    }

    [Fact]
    public async Task Search_LooksAtTheNewestMessagesOfAConversation()
    {
        var talk = await SayAsync("a", ("user", "old needle"));
        await _server.Server.Store.InsertAsync(MessageTable.Rows, [.. Enumerable.Range(1, ConversationSearch.MaxMessagesOfOne).Select(number => MessageOf(talk, number, "user", number == 1 ? "new needle" : "hay"))]);

        Assert.Equal("a", await NamesAsync("text=new%20needle"));
        Assert.Equal("", await NamesAsync("text=old%20needle"));
    }

    [Theory]
    [InlineData(true, true, "IX_Ratings_Good")]
    [InlineData(false, false, "IX_Ratings_Bad")]
    public async Task RatedConversations_AreReadByTheirIndex_WithoutSorting(bool isGood, bool descending, string index)
    {
        var query = ConversationSearchQueries.Rated(
            "account", isGood, (conditions, column) => conditions.AddSql($" AND {column} >= 5 AND {column} <= 9"), descending, new ConversationPlace(7, "a"), 100);
        AssertPlan(await ExplainAsync(query.Sql, query.Values.ToArray()), index);
    }

    [Fact]
    public async Task NewestTexts_AreReadByTheirIndex_WithoutSorting() =>
        AssertPlan(await ExplainAsync(ConversationSearchQueries.NewestTexts, ["a", 5]), "IX_Messages_ConversationId_Position");

    private static void AssertPlan(List<string> plan, string index)
    {
        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal));
    }

    private Task<List<string>> ExplainAsync(string sql, SqlValue[] values) => _server.Server.Store.ChangeAsync(
        async db =>
        {
            if (!TestStore.IsPostgres)
                return await db.ListAsync($"EXPLAIN QUERY PLAN {sql}", static row => row.GetString(3), values);
            // A table without rows is scanned otherwise, whatever its indexes.
            await db.ExecuteAsync("SET LOCAL enable_seqscan = off");
            await db.ExecuteAsync("SET LOCAL enable_bitmapscan = off");
            return await db.ListAsync($"EXPLAIN {sql}", static row => row.GetString(0), values);
        },
        TestContext.Current.CancellationToken);

    private static MessageRow MessageOf(string conversationId, long position, string type, string text) => new()
    {
        Id = Ids.New(),
        ConversationId = conversationId,
        Position = position,
        Type = type,
        Text = text,
        CreatedAt = position,
        UpdatedAt = position,
    };

    private async Task AddAsync(IEnumerable<string> names)
    {
        var (account, now) = (await _server.Server.OwnerAccountIdAsync(), _time.GetUtcNow().ToUnixTimeMilliseconds());
        await _server.Server.Store.InsertAsync(
            ConversationTable.Rows, [.. names.Select((name, index) => new ConversationRow { Id = Ids.New(), AccountId = account, Name = name, CreatedAt = now + index, UpdatedAt = now + index })]);
    }

    /// <summary>Creates a conversation a second after the last one.</summary>
    private async Task<string> TalkAsync(string name, string? bot = null)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return await _server.CreateConversationAsync(JsonSerializer.Serialize(new { name, botId = bot }));
    }

    private async Task<string> SayAsync(string name, params (string Type, string Text)[] messages)
    {
        var talk = await TalkAsync(name);
        await _server.Server.Store.InsertAsync(MessageTable.Rows, [.. messages.Select((message, index) => MessageOf(talk, index, message.Type, message.Text))]);
        return talk;
    }

    private Task<JsonElement> RateAsync(string conversationId) => _server.PostAsync($"conversation/{conversationId}/upvote", "{}");

    private async Task<string> NamesAsync(string query, HttpClient? client = null) =>
        string.Concat((await (client ?? _server.Owner).ReadAsync(HttpMethod.Get, $"conversation/list?{query}")).Items().Select(one => one.Text("name")));
}
