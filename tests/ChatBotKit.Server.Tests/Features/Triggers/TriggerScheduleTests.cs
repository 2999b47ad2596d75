using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Triggers that start their bots by a schedule.</summary>
public sealed class TriggerScheduleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2030, 3, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private EngineServer _server = null!;
    private string _bot = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await EngineServer.StartAsync(_time, patientWithModels: true);
        _bot = (await PostAsync("bot/create", new { })).Id();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Schedule_StartsTheBot_AndGoesOnFromThere()
    {
        var trigger = (await PostAsync("integration/trigger/create", new { botId = _bot, schedule = "hourly" })).Id();
        Assert.Equal(Start.AddHours(1), await NextAsync(trigger));

        _time.Advance(TimeSpan.FromMinutes(60.5));

        var sent = await _server.Model.NextRequestAsync(Token);
        Assert.Contains(sent.Messages, message => message.Text("role") == "tool" && message.Text("content")!.Contains("schedule", StringComparison.Ordinal));
        Assert.Equal(Start.AddHours(2), await NextAsync(trigger));
        var item = await FetchAsync(trigger);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), item.GetProperty("lastTriggerAt").GetInt64());
        Assert.Equal("trigger", Assert.Single((await GetAsync("conversation/list")).Items()).GetProperty("meta").Text("app"));
    }

    [Theory]
    [InlineData("18:30", "Europe/Sofia", "2030-03-30T16:30Z")]
    [InlineData("0 9 * * MON", "Europe/Sofia", "2030-04-01T06:00Z")]
    [InlineData("never", null, null)]
    public async Task NextTime_FollowsFromTheScheduleInItsZone(string schedule, string? timezone, string? expected)
    {
        var trigger = (await PostAsync("integration/trigger/create", new { botId = _bot, schedule, timezone })).Id();

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), await NextAsync(trigger));
    }

    [Fact]
    public async Task Update_OfTheSchedule_StartsItAnew_AndAnyOtherDoesNot()
    {
        var trigger = (await PostAsync("integration/trigger/create", new { botId = _bot, schedule = "hourly" })).Id();
        _time.Advance(TimeSpan.FromMinutes(10));

        await PostAsync($"integration/trigger/{trigger}/update", new { name = "Other" });
        Assert.Equal((Start.AddHours(1), Start.AddHours(1)), (await NextAsync(trigger), Assert.Single(await WorkAsync())));
        await PostAsync($"integration/trigger/{trigger}/update", new { schedule = "hourly" });
        Assert.Equal((Start.AddMinutes(70), Start.AddMinutes(70)), (await NextAsync(trigger), Assert.Single(await WorkAsync())));
        await PostAsync($"integration/trigger/{trigger}/delete", new { });
        Assert.Empty(await WorkAsync());
    }

    [Fact]
    public async Task Trigger_WithoutABot_WaitsForItsNextTime()
    {
        var trigger = (await PostAsync("integration/trigger/create", new { schedule = "hourly" })).Id();

        _time.Advance(TimeSpan.FromMinutes(60.5));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (await NextAsync(trigger) != Start.AddHours(2))
            await Task.Delay(20, limit.Token);
        Assert.Equal(JsonValueKind.Null, (await FetchAsync(trigger)).GetProperty("lastTriggerAt").ValueKind);
        Assert.Empty((await GetAsync("conversation/list")).Items());
    }

    /// <summary>The work is stored by the schema script that adds the schedules.</summary>
    [Fact]
    public async Task Resources_OfAnEarlierVersion_AreScheduledByTheFirstStart()
    {
        var trigger = (await PostAsync("integration/trigger/create", new { botId = _bot, schedule = "hourly" })).Id();
        await PostAsync("integration/trigger/create", new { botId = _bot, schedule = "never" });
        var sitemap = (await PostAsync("integration/sitemap/create", new { url = "https://example.com/", syncSchedule = "daily", expiresIn = 1_000 })).Id();
        var store = _server.Server.Store;
        await store.ExecuteAsync("""UPDATE "Resources" SET "Data" = replace("Data", $1, 'null')""", $"{Start.AddHours(1).ToUnixTimeMilliseconds()}");
        await store.ExecuteAsync("""DELETE FROM "DueWork" WHERE "Kind" IN ('trigger-schedule', 'sitemap-schedule', 'sitemap-expiry')""");
        Assert.Null(await NextAsync(trigger));
        _time.Advance(TimeSpan.FromMinutes(10));

        await store.ChangeAsync(
            async db =>
            {
                await db.AddDueWorkAsync(Server.Data.Rows.DueWorkRow.New("schedule-adoption", "server", Start, Start));
                return true;
            },
            Token);

        await Eventually.IsAsync(async () => (await store.ListAsync(DueWorkTable.Rows, """WHERE "Kind" = 'sitemap-schedule'""")).Count > 0);
        Assert.Equal((Start.AddMinutes(70), Start.AddMinutes(70)), (await NextAsync(trigger), Assert.Single(await WorkAsync())));
        var work = Assert.Single(await store.ListAsync(DueWorkTable.Rows, """WHERE "Kind" = 'sitemap-schedule'"""));
        Assert.Equal((sitemap, "daily"), (work.Key, work.Payload));
        Assert.True(work.ScheduledAt > _time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private Task<JsonElement> PostAsync(string path, object body) => _server.Http.ReadAsync(HttpMethod.Post, path, body);

    private Task<JsonElement> GetAsync(string path) => _server.Http.ReadAsync(HttpMethod.Get, path);

    private Task<JsonElement> FetchAsync(string trigger) => GetAsync($"integration/trigger/{trigger}/fetch");

    private async Task<DateTimeOffset?> NextAsync(string trigger) =>
        (await FetchAsync(trigger)).GetProperty("nextTriggerAt") is { ValueKind: JsonValueKind.Number } next ? DateTimeOffset.FromUnixTimeMilliseconds(next.GetInt64()) : null;

    private async Task<IReadOnlyList<DateTimeOffset>> WorkAsync() =>
    [
        .. (await _server.Server.Store.ListAsync(DueWorkTable.Rows, """WHERE "Kind" = 'trigger-schedule'"""))
            .Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledAt)),
    ];
}
