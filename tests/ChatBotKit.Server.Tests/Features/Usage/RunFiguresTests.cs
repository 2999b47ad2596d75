using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class RunFiguresTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Fetch_CountsReasonsAndTimesOfEachDay()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"alias":"help"}"""));
        for (var run = 1; run <= 100; run++)
            await AddAsync(server, 0, run == 100 ? "error" : "stop", run == 100 ? null : run, run * 10, run > 98 ? bot : null);
        await AddAsync(server, 1, "abort", 123_456, 999_999);
        await AddAsync(server, 2, reason: null, null, null);

        var days = (await server.GetAsync("usage/series/run/fetch?periodDays=3")).GetProperty("days");

        var empty = """{"date":1772928000000,"runs":0,"reasons":{},"firstToken":null,"duration":null,"inputTokens":3,"outputTokens":1}""";
        var yesterday = """{"date":1773014400000,"runs":1,"reasons":{"abort":1},"firstToken":{"p50":120000,"p95":120000},"duration":{"p50":990000,"p95":990000},"inputTokens":3,"outputTokens":1}""";
        var today = """{"date":1773100800000,"runs":100,"reasons":{"error":1,"stop":99},"firstToken":{"p50":50,"p95":95},"duration":{"p50":500,"p95":950},"inputTokens":300,"outputTokens":100}""";
        Assert.Equal($"[{empty},{yesterday},{today}]", days.GetRawText());
        var ofBot = (await server.GetAsync("usage/series/run/fetch?botId=@help&periodDays=1")).GetProperty("days")[0];
        Assert.Equal((2, 99), (ofBot.GetProperty("runs").GetInt32(), ofBot.GetProperty("firstToken").GetProperty("p95").GetInt32()));
        Assert.Equal(30, (await server.GetAsync("usage/series/run/fetch")).GetProperty("days").GetArrayLength());
    }

    [Theory]
    [InlineData("periodDays=0", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData("periodDays=91", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData("periodDays=many", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData("botId=unknown", "404 NOT_FOUND: Bot not found")]
    public async Task Fetch_WithABadParameter_SaysWhich(string query, string refusal)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await server.Owner.AssertRefusedAsync(refusal, HttpMethod.Get, $"usage/series/run/fetch?{query}");
    }

    [Fact]
    public async Task FetchHours_CountsWhatHappenedInEachHour()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"alias":"help"}"""));
        await server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await AddAsync(server, 0, "stop", 100, 200, bot);
        _time.Advance(TimeSpan.FromMinutes(61));
        await server.CreateConversationAsync();
        await AddAsync(server, 0, "error", null, 20);
        await AddAsync(server, 0, "stop", 40, 50);
        await AddAsync(server, 2, "stop", 1, 1);

        var hours = (await server.GetAsync("usage/series/hour/fetch?periodHours=3")).GetProperty("hours");

        var empty = """{"date":1773140400000,"conversations":0,"messages":0,"inputTokens":0,"outputTokens":0,"runs":0,"reasons":{},"firstToken":null,"duration":null}""";
        var first = """{"date":1773144000000,"conversations":1,"messages":1,"inputTokens":3,"outputTokens":1,"runs":1,"reasons":{"stop":1},"firstToken":{"p50":100,"p95":100},"duration":{"p50":200,"p95":200}}""";
        var second = """{"date":1773147600000,"conversations":1,"messages":2,"inputTokens":6,"outputTokens":2,"runs":2,"reasons":{"error":1,"stop":1},"firstToken":{"p50":40,"p95":40},"duration":{"p50":20,"p95":50}}""";
        Assert.Equal($"[{empty},{first},{second}]", hours.GetRawText());
        var ofBot = (await server.GetAsync("usage/series/hour/fetch?botId=@help")).GetProperty("hours").EnumerateArray().ToList();
        Assert.Equal((24, 1, 1), (ofBot.Count, ofBot.Sum(hour => hour.GetProperty("runs").GetInt32()), ofBot.Sum(hour => hour.GetProperty("conversations").GetInt32())));
        Assert.Equal(0, (await (await server.StrangerAsync()).ReadAsync(HttpMethod.Get, "usage/series/hour/fetch")).GetProperty("hours").EnumerateArray().Sum(hour => hour.GetProperty("runs").GetInt32()));
    }

    [Theory]
    [InlineData("periodHours=0", "400 BAD_REQUEST: \"periodHours\" *")]
    [InlineData("periodHours=73", "400 BAD_REQUEST: \"periodHours\" *")]
    [InlineData("botId=unknown", "404 NOT_FOUND: Bot not found")]
    public async Task FetchHours_WithABadParameter_SaysWhich(string query, string refusal)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await server.Owner.AssertRefusedAsync(refusal, HttpMethod.Get, $"usage/series/hour/fetch?{query}");
    }

    [Fact]
    public async Task Run_LeavesItsTimesAndItsReason()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var talk = await server.CreateConversationAsync("""{"model":"extractive"}""");
        await server.PostAsync($"conversation/{talk}/complete", """{"text":"Hello"}""");
        await server.PostAsync($"conversation/{talk}/delete", "{}");

        var usage = await server.Server.Store.SingleAsync(UsageTable.Rows);

        Assert.Equal(("stop", 0, 0), (usage.EndReason, usage.FirstToken, usage.Duration));
    }

    private async Task AddAsync(FeatureServer server, int daysAgo, string? reason, long? firstToken, long? duration, string? botId = null) =>
        await server.Server.Store.CommitAsync(new WriteSet
        {
            Usage = new UsageRow
            {
                Id = Ids.New(),
                AccountId = await server.Server.OwnerAccountIdAsync(),
                BotId = botId,
                Model = "a",
                InputTokens = 3,
                OutputTokens = 1,
                Messages = 1,
                EndReason = reason,
                FirstToken = firstToken,
                Duration = duration,
                CreatedAt = _time.GetUtcNow().AddDays(-daysAgo).ToUnixTimeMilliseconds(),
            },
        });
}
