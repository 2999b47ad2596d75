namespace ChatBotKit.Server.Tests.Features;

public sealed class TaskTests
{
    [Theory]
    [InlineData("never")]
    [InlineData("quarterhourly")]
    [InlineData("halfhourly")]
    [InlineData("hourly")]
    [InlineData("twicedaily")]
    [InlineData("daily")]
    [InlineData("twiceweekly")]
    [InlineData("weekly")]
    [InlineData("twicemonthly")]
    [InlineData("monthly")]
    [InlineData("*/15 9-17 * * MON-FRI")]
    [InlineData("0 0 1 1 *")]
    [InlineData("18:30")]
    [InlineData("7:05")]
    [InlineData("2030-01-31")]
    [InlineData("2030-01-31T10:00")]
    [InlineData("2030-01-31T10:00:00Z")]
    [InlineData("2030-01-31T10:00:00.500+02:00")]
    [InlineData("")]
    public async Task Schedule_OfAKnownForm_IsKept(string schedule)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("task/create", $$"""{"schedule":"{{schedule}}","timezone":"Europe/Sofia"}"""));
        var task = await server.GetAsync($"task/{id}/fetch");
        Assert.Equal((schedule, "Europe/Sofia"), (task.Text("schedule"), task.Text("timezone")));
    }

    [Theory]
    [InlineData("sometimes")]
    [InlineData("Daily!")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("61 * * * *")]
    [InlineData("0 25 * * *")]
    [InlineData("@daily")]
    [InlineData("24:00")]
    [InlineData("18:60")]
    [InlineData("2030-02-30")]
    [InlineData("31.01.2030")]
    [InlineData("5")]
    public async Task Schedule_OfNoForm_IsRefused(string schedule)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("task/create", "{}"));
        foreach (var path in new[] { "create", $"{id}/update" })
        {
            await server.Owner.AssertRefusedAsync(
                "400 BAD_REQUEST: *\"schedule\"*", HttpMethod.Post, $"task/{path}", $$"""{"schedule":"{{schedule}}"}""");
        }
    }

    [Fact]
    public async Task New_WithoutFields_IsIdleAndNeverRuns()
    {
        await using var server = await FeatureServer.StartAsync();
        var task = await server.GetAsync($"task/{ApiJson.Id(await server.PostAsync("task/create", "{}"))}/fetch");
        Assert.Equal(("never", "idle", "pending"), (task.Text("schedule"), task.Text("status"), task.Text("outcome")));
        Assert.Equal(
            (1000, 900_000, 10_000),
            (task.GetProperty("maxIterations").GetInt32(), task.GetProperty("maxTime").GetInt32(), task.GetProperty("maxCalls").GetInt32()));
        foreach (var field in new[] { "timezone", "sessionDuration", "lastRunAt", "nextRunAt", "botId", "contactId" })
            Assert.Null(task.TryGetProperty(field, out var value) ? value.GetRawText() is "null" ? null : value.GetRawText() : "missing");
    }

    [Theory]
    [InlineData("timezone", "\"Nowhere/Land\"")]
    [InlineData("sessionDuration", "3600001")]
    [InlineData("sessionDuration", "-1")]
    [InlineData("maxIterations", "100001")]
    [InlineData("maxTime", "86400001")]
    [InlineData("maxCalls", "-1")]
    [InlineData("status", "\"running\"")]
    [InlineData("outcome", "\"success\"")]
    [InlineData("nextRunAt", "1")]
    public async Task Field_ThatIsBadOrReadOnly_IsNamed(string field, string value)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *\"{field}\"*", HttpMethod.Post, "task/create", $$"""{"{{field}}":{{value}}}""");
    }

    [Fact]
    public async Task List_ByStatus_HoldsThoseAlone()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync("task/create", "{}"));
        Assert.Equal([id], (await server.GetAsync("task/list?status=idle")).Ids());
        Assert.Empty((await server.GetAsync("task/list?status=running")).Ids());
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"status\"*", HttpMethod.Get, "task/list?status=lazy");
    }
}
