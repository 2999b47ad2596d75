using System.Globalization;
using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>The trace of a run against the log that it is made of.</summary>
public sealed class TraceTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const string Result = "three red tulips";

    [Fact]
    public async Task Steps_HaveTheOrderAndTheTimesOfTheLog_AndOpen()
    {
        var (conversation, run) = await CallAFunctionAsync();
        var log = await LogAsync(conversation, run);
        var start = log[0].GetProperty("createdAt").GetInt64();
        var begins = log.Where(one => TypeOf(one).EndsWith("Begin", StringComparison.Ordinal)).Select(one => TimeOf(one.GetProperty("createdAt").GetInt64() - start)).ToList();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
        var rows = tab.Page.Locator(".trace tbody tr");

        // A begin has its end in the same row. Only these rows have two parts.
        var shown = new List<string>();
        foreach (var row in await rows.AllAsync())
        {
            if (await row.Locator("[aria-label=End]").CountAsync() > 0)
                shown.Add(await row.Locator("td").Nth(1).InnerTextAsync());
        }

        Assert.Equal(begins, shown);
        List<string> names = [.. await rows.Locator("summary").AllInnerTextsAsync()];
        Assert.True(names.IndexOf("Model call") < names.IndexOf("Tool getCart") && names.IndexOf("Tool getCart") < names.LastIndexOf("Model call"), string.Join(", ", names));

        // The result is in the message that the model gets.
        var result = rows.Filter(new() { HasText = Result }).First;
        await result.Locator("summary").ClickAsync();
        await result.GetByLabel("Begin").GetByText(Result).WaitForAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task VisitorsView_HasTheTool_WithoutItsContent_AndLeavesNoSession()
    {
        var (conversation, run) = await CallAFunctionAsync();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
        Assert.Contains(Result, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.ClickAsync("As the visitor sees it");
        await tab.SeesAsync("This is what a visitor without tools:read gets.");
        await tab.AssertAccessibleAsync();
        Assert.DoesNotContain(Result, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await tab.Page.Locator("summary", new() { HasText = "Tool getCart" }).CountAsync());
        var session = Assert.Single((await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/session/list")).GetProperty("items").EnumerateArray());
        Assert.Equal("revoked", session.GetProperty("status").GetString());

        await tab.FollowAsync("Show everything");
        await tab.IsAtAsync("Run");
        Assert.Contains(Result, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task LongLog_IsCounted_AndItsTokensMakeNoRows()
    {
        const int Tokens = 5000;
        Model.Otherwise(_ => new ModelScript().Text(Enumerable.Range(0, Tokens).Select(number => $"word{number} ")));
        var conversation = await IdAsync("conversation/create", new { model = "scripted" });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Write much" });
        var run = await RunOfAsync(conversation);
        var log = await LogAsync(conversation, run);
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");

        await tab.Page.Locator(".facts dd", new() { HasTextRegex = new($"^{log.Count}$") }).WaitForAsync();
        Assert.Equal(
            log.Count(one => TypeOf(one) is not ("token" or "ping" or "nop") && !TypeOf(one).EndsWith("End", StringComparison.Ordinal)),
            await tab.Page.Locator(".trace tbody tr").CountAsync());
        tab.AssertNoProblems();
    }

    /// <summary>
    /// A page scrolls in time when scrolling needs no layout, however many rows it has. The processor time of the steps, which other programs
    /// do not change, and the long tasks are written to <c>artifacts/console/pace.txt</c>.
    /// </summary>
    [Fact]
    public async Task LongTrace_IsScrolled_WithoutALayout()
    {
        const int Calls = 990;
        const int Tokens = 2500;
        const int LongestTask = 50;
        Model
            .Answer(script =>
            {
                for (var number = 0; number < Calls; number++)
                    script.ToolCall($"call-{number}", "getCart", $$"""{"number":{{number}}}""");
            })
            .Answer(script => script.Text(Enumerable.Range(0, Tokens).Select(number => $"word{number} ")));
        var (conversation, run) = await AskAsync();
        Assert.True((await LogAsync(conversation, run)).Count >= 5000);
        var tab = await SignedInAsync();
        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
        var rows = await tab.Page.Locator(".trace tbody tr").CountAsync();
        Assert.True(rows > 2 * Calls, $"{rows} rows");
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await tools.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await tab.Page.EvaluateAsync("() => { window.tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' }) }");

        List<double> steps = [];
        var begin = await MetricsAsync();
        var last = begin;
        var height = await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        for (var y = 0; y < height; y += height / 50)
        {
            await tab.Page.EvaluateAsync("(y) => { scrollTo(0, y); return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))) }", y);
            var now = await MetricsAsync();
            steps.Add(1000 * (now.Work - last.Work));
            last = now;
        }

        steps.Sort();
        var tasks = await tab.Page.EvaluateAsync<double[]>("() => tasks");
        var line = string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {steps.Count} steps of scrolling: {last.Layouts - begin.Layouts} layouts; processor time of a step, ms: median {steps[steps.Count / 2]:0.0}, highest {steps[^1]:0.0}; tasks of more than {LongestTask} ms: {tasks.Length}, longest {tasks.DefaultIfEmpty().Max():0} ms");
        TestContext.Current.SendDiagnosticMessage(line);
        await File.AppendAllLinesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Pictures.Root, "artifacts", "console")).FullName, "pace.txt"), [line], Token);
        Assert.True(last.Layouts == begin.Layouts, line);
        // Half of the steps, because the browser does other things in some of them.
        Assert.True(steps[steps.Count / 2] < LongestTask, line);
        tab.AssertNoProblems();

        async Task<(double Work, double Layouts)> MetricsAsync()
        {
            var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
                .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble());
            return (metrics["TaskDuration"], metrics["LayoutCount"]);
        }
    }

    private static string TypeOf(JsonElement one) => one.GetProperty("type").GetString()!;

    private static string TimeOf(long milliseconds) =>
        milliseconds < 1000 ? $"{milliseconds} ms" : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s");

    private async Task<(string Conversation, string Run)> CallAFunctionAsync()
    {
        Model.Answer(script => script.ToolCall("call-1", "getCart", "{}")).Answer(script => script.Text("You have tulips."));
        return await AskAsync();
    }

    private async Task<(string Conversation, string Run)> AskAsync()
    {
        var conversation = await IdAsync("conversation/create", new { model = "scripted" });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new
        {
            text = "What is in my cart?",
            functions = new[] { new { name = "getCart", description = "Returns the cart", parameters = new { type = "object", properties = new { } }, result = new { data = Result } } },
        });
        return (conversation, await RunOfAsync(conversation));
    }

    private async Task<string> RunOfAsync(string conversation) =>
        (await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString()!;

    private async Task<List<JsonElement>> LogAsync(string conversation, string run) =>
        [.. (await Owner.ReadTextAsync($"conversation/{conversation}/run/{run}/stream", "application/jsonl")).Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

    private async Task<string> IdAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
