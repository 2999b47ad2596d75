using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Tasks: made, run, canceled, changed.</summary>
public sealed class TaskTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Task_IsMade_AndItsRunAppearsWithOutcomeAndConversation()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk", model = "scripted" });
        Model.Answer(script => script.ToolCall("call-1", "_success", """{"summary":"All done."}"""))
            .Answer(script => script.Text("""{"name":"Tidy up","description":"Tidied up.","summary":"The shelf is tidy."}"""));
        var tab = await SignedInAsync();
        await tab.FollowAsync("Tasks");
        await tab.SeesAsync("No tasks yet");
        await tab.FollowAsync("New task");
        await tab.Page.GetByLabel("Name").FillAsync("Tidy");
        await tab.Page.GetByLabel("Instruction").FillAsync("Tidy the shelf.");
        await tab.Page.GetByLabel("Bot").SelectOptionAsync("Clerk");
        await tab.Page.GetByLabel("Schedule").FillAsync("0 9 * * MON");
        await tab.Page.GetByLabel("Time zone").FillAsync("Europe/Sofia");
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Tidy");
        await tab.SeesAsync("No runs yet");
        var task = (await Owner.ReadAsync(HttpMethod.Get, "task/list")).GetProperty("items")[0];
        Assert.Equal(
            ("Tidy the shelf.", bot, "0 9 * * MON", "Europe/Sofia"),
            (task.GetProperty("description").GetString(), task.GetProperty("botId").GetString(), task.GetProperty("schedule").GetString(), task.GetProperty("timezone").GetString()));

        await tab.ClickAsync("Run now");

        await tab.SeesAsync("The shelf is tidy.");
        await tab.Page.Locator("#runs table .badge.good").WaitForAsync();
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync("Tidy up");
        await tab.SeesAsync("Tidy the shelf.");
        await tab.FollowAsync("Tasks");
        await tab.Page.Locator("tbody tr", new() { HasText = "Tidy" }).GetByText("done").WaitForAsync();
        await tab.Page.Locator("tbody time").WaitForAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Run_ThatGoesOn_IsCanceled()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Otherwise(_ => new ModelScript().Text("one ").WaitFor(goOn.Task).Text("two"));
        var bot = await MakeAsync("bot/create", new { name = "Clerk", model = "scripted" });
        var task = await MakeAsync("task/create", new { name = "Endless", description = "Count.", botId = bot });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/tasks/{task}");
        await tab.ClickAsync("Run now");
        await tab.SeesAsync("Started.");
        Assert.True(await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).IsDisabledAsync());
        await tab.AssertAccessibleAsync();

        await tab.ClickAsync("Cancel");

        await tab.Page.Locator("#runs table .badge", new() { HasText = "canceled" }).WaitForAsync();
        var run = (await Owner.ReadAsync(HttpMethod.Get, $"task/{task}/execution/list")).GetProperty("items")[0];
        Assert.Equal("canceled", run.GetProperty("status").GetString());
        goOn.SetResult();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Saving_DoesNotStartAnUnchangedScheduleAnew()
    {
        var bot = await MakeAsync("bot/create", new { name = "Clerk" });
        var task = await MakeAsync("task/create", new { name = "Daily", botId = bot, schedule = "daily" });
        var before = await FetchAsync();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/tasks/{task}");
        await tab.Page.GetByLabel("Name").FillAsync("Every day");
        await tab.ClickAsync("Save");
        await tab.IsAtAsync("Every day");
        Assert.Equal(before.GetProperty("nextRunAt").GetInt64(), (await FetchAsync()).GetProperty("nextRunAt").GetInt64());

        await tab.Page.GetByLabel("Schedule").FillAsync("");
        await tab.Page.GetByLabel("Time zone").FillAsync("Europe/Sofia");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        await tab.Page.Locator(".facts div", new() { HasText = "Next run" }).GetByText("none").WaitForAsync();
        var after = await FetchAsync();
        Assert.Equal(("never", "Europe/Sofia"), (after.GetProperty("schedule").GetString(), after.GetProperty("timezone").GetString()));
        tab.AssertNoProblems();

        Task<System.Text.Json.JsonElement> FetchAsync() => Owner.ReadAsync(HttpMethod.Get, $"task/{task}/fetch");
    }

    [Fact]
    public async Task OneRun_IsCanceled()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Otherwise(_ => new ModelScript().Text("one ").WaitFor(goOn.Task).Text("two"));
        var bot = await MakeAsync("bot/create", new { name = "Clerk", model = "scripted" });
        var task = await MakeAsync("task/create", new { name = "Endless", description = "Count.", botId = bot });
        await Owner.ReadAsync(HttpMethod.Post, $"task/{task}/trigger", new { });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/tasks/{task}");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Cancel the run ") }).ClickAsync();

        await tab.SeesAsync("Canceled.");
        var run = (await Owner.ReadAsync(HttpMethod.Get, $"task/{task}/execution/list")).GetProperty("items")[0];
        Assert.Equal("canceled", run.GetProperty("status").GetString());
        goOn.SetResult();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task NextTimes_AreThoseOfTheSchedule_InItsZone()
    {
        var weekly = await MakeAsync("task/create", new { name = "Weekly", schedule = "0 9 * * MON", timezone = "Europe/Sofia" });
        var hourly = await MakeAsync("task/create", new { name = "Hourly", schedule = "hourly" });
        var once = await MakeAsync("task/create", new { name = "Once", schedule = "2090-01-31T10:00", timezone = "Europe/Sofia" });
        var tab = await SignedInAsync();

        var times = await TimesAsync(weekly);
        Assert.Equal(5, times.Count);
        Assert.All(times, time => Assert.Equal((DayOfWeek.Monday, 9, 0), (time.DayOfWeek, time.Hour, time.Minute)));
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(7, (pair.Second.Date - pair.First.Date).TotalDays));
        Assert.Equal(await NextRunAsync(weekly), times[0].ToUnixTimeMilliseconds());
        await tab.SeesAsync("in the zone Europe/Sofia");
        await tab.AssertAccessibleAsync();

        times = await TimesAsync(hourly);
        Assert.Equal(Enumerable.Range(0, 5).Select(hours => TimeSpan.FromHours(hours)), times.Select(time => time - times[0]));
        Assert.Equal(await NextRunAsync(hourly), times[0].ToUnixTimeMilliseconds());

        Assert.Equal((31, 10, 0), (Assert.Single(await TimesAsync(once)) is var only ? only.Day : 0, only.Hour, only.Minute));
        tab.AssertNoProblems();

        async Task<List<DateTimeOffset>> TimesAsync(string task)
        {
            await tab.GoAsync($"/tasks/{task}");
            return [.. (await tab.Page.Locator(".times time").EvaluateAllAsync<string[]>("(all) => all.map((one) => one.dateTime)")).Select(time => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture))];
        }

        async Task<long> NextRunAsync(string task) => (await Owner.ReadAsync(HttpMethod.Get, $"task/{task}/fetch")).GetProperty("nextRunAt").GetInt64();
    }

    [Fact]
    public async Task Schedule_ThatIsNone_IsRefused_AndTheFormKept()
    {
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/tasks/new");
        await tab.Page.GetByLabel("Name").FillAsync("Kept");
        await tab.Page.GetByLabel("Schedule").FillAsync("sometimes");
        await tab.ClickAsync("Create");

        await tab.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("Kept", await tab.Page.GetByLabel("Name").InputValueAsync());
        Assert.Equal("sometimes", await tab.Page.GetByLabel("Schedule").InputValueAsync());
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, "task/list")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Task_IsDeleted()
    {
        var task = await MakeAsync("task/create", new { name = "Old" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/tasks/{task}");
        await tab.SeesAsync("The task has no bot");
        await tab.ClickAsync("Delete the task");
        await tab.SeesAsync("No tasks yet");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"task/{task}/fetch");
        tab.AssertNoProblems();
    }

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
