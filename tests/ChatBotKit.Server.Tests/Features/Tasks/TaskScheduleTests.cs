using System.Text.Json;
using ChatBotKit.Server.Data;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>When tasks run by themselves. The tasks have no bot, so that each execution ends at once.</summary>
public sealed class TaskScheduleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2030, 3, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("hourly", null, "2030-03-30T13:00Z")]
    [InlineData("18:30", "Europe/Sofia", "2030-03-30T16:30Z")]
    [InlineData("02:30", "Europe/Berlin", "2030-03-31T01:00Z")]
    [InlineData("2030-03-31T02:30", "Europe/Berlin", "2030-03-31T01:00Z")]
    [InlineData("2030-10-27T02:30", "Europe/Berlin", "2030-10-27T00:30Z")]
    [InlineData("2030-03-31T02:30Z", "Europe/Berlin", "2030-03-31T02:30Z")]
    [InlineData("2030-04-01", "America/New_York", "2030-04-01T04:00Z")]
    [InlineData("0 9 * * MON", "Europe/Sofia", "2030-04-01T06:00Z")]
    [InlineData("0 0 29 2 *", null, "2032-02-29T00:00Z")]
    [InlineData("2030-03-30", null, null)]
    [InlineData("never", null, null)]
    public async Task NextRun_FollowsFromTheScheduleInItsZone(string schedule, string? zone, string? expected)
    {
        var id = await CreateAsync(schedule, zone is null ? "" : $",\"timezone\":\"{zone}\"");

        Assert.Equal(expected is null ? null : At(expected), await NextAsync(id));
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6 *")]
    public async Task Cron_ThatNoDateMatches_IsRefused(string schedule) => await _server.Owner.AssertRefusedAsync(
        "400 BAD_REQUEST: *\"schedule\"*never come*", HttpMethod.Post, "task/create", $$"""{"schedule":"{{schedule}}"}""");

    [Fact]
    public async Task Task_RunsWhenItsTimeComes_AndGoesOnFromThere()
    {
        var id = await CreateAsync("hourly");

        _time.Advance(TimeSpan.FromMinutes(60.5));

        await WhenRunAsync(id, 1);
        Assert.Equal(Start.AddHours(2), await NextAsync(id));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), (await FetchAsync(id)).GetProperty("lastRunAt").GetInt64());
        _time.Advance(TimeSpan.FromMinutes(59.5));
        await WhenRunAsync(id, 2);
    }

    [Fact]
    public async Task Times_ThatWereMissed_AreMadeUpForOnce()
    {
        var id = await CreateAsync("quarterhourly");

        _time.Advance(TimeSpan.FromHours(5));

        await WhenRunAsync(id, 1);
        Assert.Equal(Start.AddHours(5.25), await NextAsync(id));
    }

    [Fact]
    public async Task Clock_ThatIsSetBack_RepeatsNothing()
    {
        var id = await CreateAsync("2030-03-30T13:00Z");
        _time.Advance(TimeSpan.FromHours(1));
        await WhenRunAsync(id, 1);

        _time.AutoAdvanceAmount = TimeSpan.Zero;
        _time.AdjustTime(Start);
        await UpdateAsync(id, """{"schedule":"2030-03-30T13:00Z"}""");
        var other = await CreateAsync("2030-03-30T13:00Z");
        _time.Advance(TimeSpan.FromHours(1));

        await WhenRunAsync(other, 1);
        await Eventually.IsAsync(async () => await NextAsync(id) is null);
        await WhenRunAsync(id, 1);
    }

    [Fact]
    public async Task Date_ComesOnce()
    {
        var id = await CreateAsync("2030-03-30T12:10");

        _time.Advance(TimeSpan.FromMinutes(10));

        await WhenRunAsync(id, 1);
        Assert.Null(await NextAsync(id));
        Assert.Empty(await WorkAsync());
    }

    [Fact]
    public async Task Expiry_EndsTheSchedule()
    {
        var id = await CreateAsync("hourly", $",\"expiresAt\":{Start.AddMinutes(90).ToUnixTimeMilliseconds()}");
        Assert.Equal(Start.AddHours(1), await NextAsync(id));

        _time.Advance(TimeSpan.FromHours(1));

        await WhenRunAsync(id, 1);
        Assert.Null(await NextAsync(id));
        await UpdateAsync(id, """{"expiresAt":null}""");
        Assert.Equal(Start.AddHours(2), await NextAsync(id));
    }

    [Fact]
    public async Task Update_OfTheSchedule_StartsItAnew_AndAnyOtherDoesNot()
    {
        var id = await CreateAsync("hourly");
        _time.Advance(TimeSpan.FromMinutes(10));

        await UpdateAsync(id, """{"name":"Other"}""");
        Assert.Equal((Start.AddHours(1), Start.AddHours(1)), (await NextAsync(id), Assert.Single(await WorkAsync())));
        await UpdateAsync(id, """{"schedule":"hourly"}""");
        Assert.Equal((Start.AddMinutes(70), Start.AddMinutes(70)), (await NextAsync(id), Assert.Single(await WorkAsync())));
        await UpdateAsync(id, """{"schedule":"never"}""");
        Assert.Null(await NextAsync(id));
        Assert.Empty(await WorkAsync());
    }

    [Fact]
    public async Task Tasks_OfAnEarlierVersion_AreScheduledByTheFirstStart()
    {
        var scheduled = await CreateAsync("hourly");
        var idle = await CreateAsync("never");
        var store = _server.Server.Store;
        await store.ExecuteAsync("""UPDATE "Resources" SET "Data" = replace("Data", $1, 'null') WHERE "Kind" = 'task'""", $"{Start.AddHours(1).ToUnixTimeMilliseconds()}");
        await store.ExecuteAsync("""DELETE FROM "DueWork" WHERE "Kind" = 'task-schedule'""");
        Assert.Null(await NextAsync(scheduled));

        await store.ChangeAsync(
            async db =>
            {
                await db.AddDueWorkAsync(Server.Data.Rows.DueWorkRow.New("task-adoption", "server", Start, Start));
                return true;
            },
            TestContext.Current.CancellationToken);

        await Eventually.IsAsync(async () => await NextAsync(scheduled) is not null);
        Assert.Single(await WorkAsync());
        Assert.Null(await NextAsync(idle));
    }

    private async Task<string> CreateAsync(string schedule, string more = "") =>
        ApiJson.Id(await _server.PostAsync("task/create", $$"""{"schedule":"{{schedule}}"{{more}}}"""));

    private Task<JsonElement> FetchAsync(string id) => _server.GetAsync($"task/{id}/fetch");

    private async Task<DateTimeOffset?> NextAsync(string id) =>
        (await FetchAsync(id)).GetProperty("nextRunAt") is { ValueKind: JsonValueKind.Number } next ? DateTimeOffset.FromUnixTimeMilliseconds(next.GetInt64()) : null;

    private Task<JsonElement> UpdateAsync(string id, string body) => _server.PostAsync($"task/{id}/update", body);

    private async Task<IReadOnlyList<DateTimeOffset>> WorkAsync() =>
    [
        .. (await _server.Server.Store.ListAsync(DueWorkTable.Rows, """WHERE "Kind" = 'task-schedule'"""))
            .Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledAt)),
    ];

    private Task WhenRunAsync(string id, int count) =>
        Eventually.IsAsync(async () => (await _server.GetAsync($"task/{id}/execution/list")).Items().Count() == count);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
