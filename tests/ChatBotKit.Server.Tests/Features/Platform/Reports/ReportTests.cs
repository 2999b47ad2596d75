using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The numbers of all reports on a small account whose contents are known.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));
    private ReportFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ReportFixture.StartAsync(_time);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(PlatformReportIds.TotalRatings, 3, 3, "2026-03-10 3")]
    [InlineData(PlatformReportIds.ThumbsUp, 1, 1, "2026-03-10 1")]
    [InlineData(PlatformReportIds.ThumbsDown, 2, 2, "2026-03-10 2")]
    [InlineData(PlatformReportIds.ActiveContacts, 1, 0, "2026-03-10 1")]
    [InlineData(PlatformReportIds.TotalConversations, 3, 2, "2026-03-07 1, 2026-03-10 2")]
    [InlineData(PlatformReportIds.TotalMessages, 9, 8, "2026-03-07 2, 2026-03-10 7")]
    [InlineData(PlatformReportIds.UserMessages, 4, 3, "2026-03-07 1, 2026-03-10 3")]
    [InlineData(PlatformReportIds.BotMessages, 3, 3, "2026-03-07 1, 2026-03-10 2")]
    [InlineData(PlatformReportIds.ActivityMessages, 2, 2, "2026-03-10 2")]
    public async Task Count_HasItsChangeAndDays(string id, int value, int change, string days)
    {
        var report = await _fixture.MakeAsync(id);

        Assert.Equal((value, change, "last 30 days"), (Number(report, "value"), Number(report, "change"), report.Text("period")));
        Assert.Equal(30, report.GetProperty("breakdown").GetArrayLength());
        Assert.Equal(days, Days(report.GetProperty("breakdown")));
    }

    [Theory]
    [InlineData(PlatformReportIds.AverageUserMessages, 1.33)]
    [InlineData(PlatformReportIds.AverageBotMessages, 1)]
    [InlineData(PlatformReportIds.AverageActions, 0.67)]
    [InlineData(PlatformReportIds.TotalContacts, 1)]
    public async Task Average_IsOverTheActiveConversations(string id, double value) =>
        Assert.Equal(value, (await _fixture.MakeAsync(id)).GetProperty("value").GetDouble());

    [Fact]
    public async Task Ratings_AreDividedIntoGoodAndBad()
    {
        var report = await _fixture.MakeAsync(PlatformReportIds.TotalRatings);
        Assert.Equal((1, 2), (Number(report, "thumbsUp"), Number(report, "thumbsDown")));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(365, 4)]
    public async Task Period_HasWholeDaysAndEndsToday(int periodDays, int conversations) =>
        Assert.Equal(conversations, Number(await _fixture.MakeAsync(PlatformReportIds.TotalConversations, $$"""{"periodDays":{{periodDays}}}"""), "value"));

    [Fact]
    public async Task Records_AreCountedByDataset()
    {
        var report = await _fixture.MakeAsync("cm7k3m5n8k000008jq7h9e5b1a", $$"""{"datasetIds":["{{_fixture.Dataset}}","unknown","{{_fixture.Dataset}}"]}""");
        Assert.Equal($$"""{"totalRecords":2,"breakdown":[{"datasetId":"{{_fixture.Dataset}}","records":2}]}""", report.GetRawText());
    }

    [Fact]
    public async Task Conversations_AreInTheOrderOfTheRequest()
    {
        var report = await _fixture.MakeAsync(
            "cru3m5n8k001008jq7h9e5b2c", $$"""{"conversationIds":["{{_fixture.Short}}","unknown","{{_fixture.Long}}"]}""");
        Assert.Equal(
            $$"""{"totalTokens":100,"totalConversations":2,"totalMessages":5,"period":"last 90 days","items":["""
            + $$"""{"conversationId":"{{_fixture.Short}}","tokens":0,"conversations":1,"messages":1},"""
            + $$"""{"conversationId":"{{_fixture.Long}}","tokens":100,"conversations":1,"messages":4}]}""",
            report.GetRawText());
    }

    [Fact]
    public async Task Stats_AreOfTheBot()
    {
        var report = await _fixture.MakeOfBotAsync("clr3m5n8k000e08jqbs0t1u5o");
        Assert.Equal(
            """{"totalConversations":2,"totalMessages":7,"totalTokens":100,"totalRatings":3,"thumbsUp":1,"thumbsDown":2,"sentimentSignal":"negative","period":"last 30 days"}""",
            report.GetRawText());
    }

    [Fact]
    public async Task Performance_ComparesWithThePeriodBefore()
    {
        var report = await _fixture.MakeOfBotAsync("clr3m5n8k000g08jqdt1u2v7q");

        Assert.Equal("2 1 1 2026-03-10 2", Compared(report, "conversations"));
        Assert.Equal("7 1 6 2026-03-10 7", Compared(report, "messages"));
        Assert.Equal("100 40 60 2026-03-10 100", Compared(report, "tokens"));
        var ratings = report.GetProperty("ratings");
        Assert.Equal((1, 2, 3, 3, "negative"), (Number(ratings, "thumbsUp"), Number(ratings, "thumbsDown"), Number(ratings, "total"), Number(ratings, "change"), ratings.Text("sentimentSignal")));
        Assert.Equal("""{"date":"2026-03-10","total":3,"thumbsUp":1,"thumbsDown":2}""", ratings.GetProperty("breakdown")[29].GetRawText());
    }

    [Fact]
    public async Task Quality_IsOfConversationsWithMessages()
    {
        var report = await _fixture.MakeOfBotAsync("clr3m5n8k000h08jqeu2v3w8r");
        Assert.Equal("""{"user":1.5,"bot":1,"activity":1}""", report.GetProperty("avgMessagesPerConversation").GetRawText());
        Assert.Equal("""{"singleTurn":1,"short":1,"medium":0,"long":0}""", report.GetProperty("conversationDepth").GetRawText());
        Assert.Equal(
            (2, 50, 50, 20),
            (Number(report, "totalConversations"), Number(report, "abandonmentRate"), Number(report, "avgTokensPerConversation"), Number(report, "avgTokensPerMessage")));
        Assert.Equal("""[{"type":"function","name":"look","count":1}]""", report.GetProperty("topActions").GetRawText());
    }

    /// <summary>The tokens of a run without a conversation are in no average over conversations.</summary>
    [Fact]
    public async Task Quality_AveragesTheTokensOfConversations()
    {
        var report = await _fixture.MakeOfBotAsync("clr3m5n8k000h08jqeu2v3w8r", ", \"periodDays\":90");

        Assert.Equal((3, 33.33, 16.67), (Number(report, "totalConversations"), report.GetProperty("avgTokensPerConversation").GetDouble(), report.GetProperty("avgTokensPerMessage").GetDouble()));
    }

    [Fact]
    public async Task Complaints_AreTheNewestFirst()
    {
        var report = await _fixture.MakeOfBotAsync("clr3m5n8k000j08jqgw4x5y0t", ", \"limit\":1");

        Assert.Equal((3, 2, 1), (Number(report, "total"), Number(report, "thumbsDown"), Number(report, "thumbsUp")));
        var item = Assert.Single(report.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (-50, "too long", _fixture.Long, "Ann", "2026-03-10T12:00:01.000Z"),
            (Number(item, "value"), item.Text("reason"), item.Text("conversationId"), item.Text("contactName"), item.Text("createdAt")));
    }

    [Fact]
    public async Task Alerts_TellOfUnusualDaysAndBadRatings()
    {
        var report = await _fixture.MakeAsync("clr3m5n8k000f08jqcs1u2v6p");
        var ofBot = await _fixture.MakeOfBotAsync("clr3m5n8k000i08jqfv3w4x9s");

        Assert.Equal(
            ["usageSpike critical tokens", "usageSpike critical conversations", "usageSpike critical messages", "activity info "],
            report.GetProperty("alerts").EnumerateArray().Select(alert =>
                $"{alert.Text("type")} {alert.Text("severity")} {(alert.Text("type") == "usageSpike" ? alert.Text("title")!.Split(' ')[1] : "")}"));
        Assert.Equal("""{"totalAlerts":4,"criticalCount":3,"warningCount":0,"infoCount":1}""", report.GetProperty("summary").GetRawText());
        Assert.Equal("""{"totalAlerts":0,"criticalCount":0,"warningCount":0,"infoCount":0}""", ofBot.GetProperty("summary").GetRawText());
    }

    [Fact]
    public async Task Overview_HasACardForEachNumber()
    {
        var cards = (await _fixture.MakeAsync("clr3m5n8k000d08jqar7s8t4n")).GetProperty("data");
        var analytics = (await _fixture.MakeAsync("gpv2an25fuhe2k6v6ckv85v8")).GetProperty("data");

        string[] expected = ["Ratings 3 3", "Active contacts 1 0", "Conversations 3 2", "Messages 9 8", "Messages of users 4 3", "Messages of bots 3 3", "Activity messages 2 2"];
        Assert.Equal(expected, cards.EnumerateArray().Select(CardOf));
        Assert.Equal([.. expected, "Tokens 110 70"], analytics.EnumerateArray().Select(CardOf));
        Assert.Equal("Flora", analytics[7].GetProperty("details").GetProperty("list")[0].Text("name"));
        Assert.Equal("look", analytics[6].GetProperty("details").GetProperty("list")[0].Text("name"));
    }

    [Fact]
    public async Task Account_ShowsItsTopBotsAndNewestResources()
    {
        var report = await _fixture.MakeAsync("pov1s2k3l4m5n6o7p8q9r0sov", """{"recentWorkLimit":2}""");

        Assert.Equal("2026-02-09 to 2026-03-10", report.Text("rangeLabel"));
        Assert.Equal("""{"blueprints":{"value":0,"change":0},"portals":{"value":0,"change":0},"bots":{"value":1,"change":0}}""", report.GetProperty("resources").GetRawText());
        Assert.Equal((110, 70), (Number(report.GetProperty("tokens"), "value"), Number(report.GetProperty("tokens"), "change")));
        var bot = Assert.Single(report.GetProperty("topBots").EnumerateArray());
        Assert.Equal(
            ("Flora", 100, 2, 33.33, 30, 100),
            (bot.Text("name"), Number(bot, "tokens"), Number(bot, "conversations"), bot.GetProperty("thumbsUpRate").GetDouble(), bot.GetProperty("sparkline").GetArrayLength(), bot.GetProperty("sparkline")[29].GetInt32()));
        Assert.Equal(["dataset", "bot"], report.GetProperty("recentWork").EnumerateArray().Select(work => work.Text("kind")));
    }

    /// <summary>40 tokens are of a run that stores nothing, such as one of an OpenAI client.</summary>
    [Fact]
    public async Task TopBots_AreThoseOfAllRuns()
    {
        var report = await _fixture.MakeAsync("pov1s2k3l4m5n6o7p8q9r0sov", """{"periodDays":90}""");
        var bot = Assert.Single(report.GetProperty("topBots").EnumerateArray());

        Assert.Equal(
            (140, 3, 140),
            (Number(bot, "tokens"), Number(bot, "conversations"), bot.GetProperty("sparkline").EnumerateArray().Sum(day => day.GetInt32())));
        Assert.Equal(140, Number(await _fixture.MakeOfBotAsync("clr3m5n8k000e08jqbs0t1u5o", ", \"periodDays\":90"), "totalTokens"));
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string Days(JsonElement days) => string.Join(
        ", ", days.EnumerateArray().Where(day => Number(day, "total") != 0).Select(day => $"{day.Text("date")} {Number(day, "total")}"));

    private static string Compared(JsonElement report, string name) => report.GetProperty(name) is var one
        ? $"{Number(one, "current")} {Number(one, "previous")} {Number(one, "change")} {Days(one.GetProperty("breakdown"))}" : "";

    private static string CardOf(JsonElement card) => $"{card.Text("title")} {Number(card, "value")} {Number(card, "change")}";
}
