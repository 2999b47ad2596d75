using System.Text.Json;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>The page of the site: it is not moved, and nothing is left behind.</summary>
public sealed class FootprintTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Shifts =
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => setTimeout(() => done(sum))) })";

    [Fact]
    public async Task SlowDevice_OnASlowLine_GetsItsAnswer_AndThePageStandsStill()
    {
        var tab = await OpenPageAsync();
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 50_000, ["uploadThroughput"] = 50_000 });
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await tab.Page.ReloadAsync();
        await tab.Page.EvaluateAsync("() => customElements.whenDefined('chatbotkit-chat')");
        Assert.Equal((0, 0), (Site.Mints, await tab.Page.EvaluateAsync<double>(Shifts)));
        var page = await PlacesAsync();

        await tab.OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        Assert.Equal(page, await PlacesAsync());
        await tab.EvaluateAsync<object>("() => chat.hide()");
        Assert.Equal(page, await PlacesAsync());
        tab.AssertNoProblems();

        Task<string> PlacesAsync() => tab.Page.EvaluateAsync<string>(
            "() => JSON.stringify([scrollX, scrollY, document.documentElement.scrollHeight, ...[...document.querySelectorAll('body, main, main *')].map((one) => one.getBoundingClientRect())])");
    }

    [Fact]
    public async Task TwentyNewChats_LeaveNoNodesAndNoListeners()
    {
        const int Warm = 5;
        const int More = 15;
        // A chat has more than thirty nodes and some listeners, so chats that stay are seen. The browser itself keeps some nodes.
        const int Slack = 100;
        var tab = await OpenPageAsync();
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await tab.OpenChatAsync();
        await RestartAsync(Warm);
        var early = await CountAsync();
        await RestartAsync(More);
        var late = await CountAsync();
        Assert.True(late.Nodes <= early.Nodes + Slack && late.Listeners <= early.Listeners + More, $"{early} became {late}");
        tab.AssertNoProblems();

        async Task RestartAsync(int times)
        {
            for (; times > 0; times--)
            {
                await tab.SayAsync("Hello");
                await tab.ReadsAsync("Good day.");
                await tab.EvaluateAsync<object>("() => chat.restart()");
            }
        }

        async Task<(int Nodes, int Listeners)> CountAsync()
        {
            await tools.SendAsync("HeapProfiler.collectGarbage");
            var counters = (await tools.SendAsync("Memory.getDOMCounters"))!.Value;
            return (NumberOf(counters, "nodes"), NumberOf(counters, "jsEventListeners"));
        }
    }

    private static int NumberOf(JsonElement counters, string name) => counters.GetProperty(name).GetInt32();
}
