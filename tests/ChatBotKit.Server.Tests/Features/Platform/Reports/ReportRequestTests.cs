using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The list of reports, their parameters, and requests with several of them.</summary>
public sealed class ReportRequestTests
{
    private const string Stats = "clr3m5n8k000e08jqbs0t1u5o";

    [Fact]
    public async Task List_HasAllReports()
    {
        await using var server = await FeatureServer.StartAsync();
        var reports = await server.GetAsync("platform/report/list");
        Assert.Equal(24, reports.Ids().Distinct().Count());
        Assert.All(reports.GetProperty("items").EnumerateArray(), report => Assert.NotEmpty(report.Text("name")! + report.Text("description")));
        Assert.Empty((await server.GetAsync($"platform/report/list?cursor={Stats}")).Ids());
    }

    [Theory]
    [InlineData("1970-01-02")]
    [InlineData("2026-03-10")]
    [InlineData("9999-12-31")]
    public async Task Reports_OfAnEmptyAccount_CanBeMadeAtAnyTime(string date)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));
        await using var server = await FeatureServer.StartAsync(time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var input = $$"""{"periodDays":90,"botId":"{{bot}}","datasetIds":["a"],"conversationIds":["a"],"userId":"ignored"}""";
        var ids = (await server.GetAsync("platform/report/list")).Ids();

        var reports = await server.PostAsync("platform/report/generate", $$"""{ {{string.Join(",", ids.Select(id => $"\"{id}\":{input}"))}} }""");

        Assert.Equal(ids.Order(), reports.EnumerateObject().Select(report => report.Name).Order());
        Assert.All(reports.EnumerateObject(), report => Assert.False(report.Value.TryGetProperty("error", out _), report.ToString()));
    }

    [Theory]
    [InlineData(Stats, "{}", "400 BAD_REQUEST: \"botId\" must be an id")]
    [InlineData(Stats, """{"botId":"unknown"}""", "404 NOT_FOUND: Bot not found")]
    [InlineData(Stats, """{"botId":7}""", "400 BAD_REQUEST: \"botId\" must be an id")]
    [InlineData(PlatformReportIds.TotalMessages, """{"periodDays":0}""", "400 BAD_REQUEST: \"periodDays\" must be a whole number from 1 to 365")]
    [InlineData(PlatformReportIds.TotalMessages, """{"periodDays":366}""", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData(PlatformReportIds.TotalMessages, """{"periodDays":1.5}""", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData(PlatformReportIds.TotalMessages, """{"periodDays":1e300}""", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData(PlatformReportIds.TotalMessages, """{"periodDays":[30]}""", "400 BAD_REQUEST: \"periodDays\" *")]
    [InlineData("cru3m5n8k001008jq7h9e5b2c", """{"conversationIds":["a"],"periodDays":91}""", "400 BAD_REQUEST: \"periodDays\" must be a whole number from 1 to 90")]
    [InlineData("cru3m5n8k001008jq7h9e5b2c", """{"conversationIds":[]}""", "400 BAD_REQUEST: \"conversationIds\" must be a list of 1 to 100 ids")]
    [InlineData("cm7k3m5n8k000008jq7h9e5b1a", """{"datasetIds":["a",null]}""", "400 BAD_REQUEST: \"datasetIds\" *")]
    [InlineData("clr3m5n8k000j08jqgw4x5y0t", """{"botId":"BOT","limit":101}""", "400 BAD_REQUEST: \"limit\" *")]
    [InlineData("unknown", "{}", "404 NOT_FOUND: Report not found")]
    [InlineData(PlatformReportIds.TotalMessages, "[]", "400 BAD_REQUEST")]
    public async Task Input_ThatIsBad_IsRefused(string id, string input, string refusal)
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        await server.Owner.AssertRefusedAsync(
            refusal, HttpMethod.Post, $"platform/report/{id}/generate", input.Replace("BOT", bot, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_MayBeATextOrNull()
    {
        await using var server = await FeatureServer.StartAsync();
        foreach (var (input, period) in new[] { ("\"7\"", "last 7 days"), ("null", "last 30 days"), ("30.0", "last 30 days") })
        {
            var report = await server.PostAsync($"platform/report/{PlatformReportIds.TotalMessages}/generate", $$"""{"periodDays":{{input}}}""");
            Assert.Equal(period, report.Text("period"));
        }
    }

    [Fact]
    public async Task Batch_HasAnErrorForEachReportThatFails()
    {
        await using var server = await FeatureServer.StartAsync();
        var stranger = await server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "bot/create", """{"visibility":"public"}"""));

        var reports = await server.PostAsync(
            "platform/report/generate",
            $$"""{"{{PlatformReportIds.TotalContacts}}":{},"{{PlatformReportIds.ThumbsUp}}":{"periodDays":0},"unknown":{},"{{Stats}}":{"botId":"{{foreign}}"} }""");

        Assert.Equal("""{"value":0,"period":"all time"}""", reports.GetProperty(PlatformReportIds.TotalContacts).GetRawText());
        Assert.Equal(
            ["\"periodDays\" must be a whole number from 1 to 365", "Report not found", "Bot not found"],
            new[] { PlatformReportIds.ThumbsUp, "unknown", Stats }.Select(id => reports.GetProperty(id).Text("error")));
        var many = string.Join(",", Enumerable.Range(0, 25).Select(number => $"\"r{number}\":{{}}"));
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST: A request can have at most 24 reports", HttpMethod.Post, "platform/report/generate", $$"""{ {{many}} }""");
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "platform/report/generate", $$"""{"{{Stats}}": 7 }""");
    }
}
