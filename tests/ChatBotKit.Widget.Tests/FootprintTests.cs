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

    /// <summary>
    /// Mounts a chat, asks it something as a visitor does, and removes it in one of the states that a page may remove it in. The element
    /// is reached from the page's own script alone, so that no handle of the test keeps it.
    /// </summary>
    private const string MountAndRemove = """
        async (times) => {
          const endOf = (chat, name) => new Promise((done) => chat.addEventListener(name, done, { once: true }))
          for (; times > 0; times--) {
            const chat = document.createElement('chatbotkit-chat')
            for (const name of ['restart', 'export', 'feedback']) chat.toggleAttribute(name, true)
            // Each has a conversation of its own, so that all show as many messages.
            chat.getSession = () => fetch('/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"restart":true}' }).then((response) => response.json())
            document.body.append(chat)
            // Of four, one is removed while its panel is loaded, and one while an answer is written.
            if (times % 4 === 0) { chat.show().catch(() => {}); chat.remove(); continue }
            await chat.show()
            const isSlow = times % 4 === 1
            const input = chat.shadowRoot.querySelector('textarea')
            input.focus()
            document.execCommand('insertText', false, isSlow ? 'Count slowly' : 'Hello')
            const end = endOf(chat, 'cbk-run-end')
            input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }))
            if (isSlow) while (!chat.messages.at(-1)?.text.endsWith('two ')) await new Promise(requestAnimationFrame)
            else await end
            if (times % 4 === 2) await chat.hide()
            chat.remove()
            if (isSlow) await goOn()
          }
        }
        """;

    [Fact]
    public async Task ChatsThatAreRemoved_LeaveNothing()
    {
        const int Times = 50;
        Site.Chat = "";
        var tab = await OpenPageAsync();
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await tab.Page.ExposeFunctionAsync("goOn", GoOn);
        var before = await CountAsync();

        await tab.Page.EvaluateAsync(MountAndRemove, Times).WaitAsync(TimeSpan.FromMinutes(2), Token);

        Assert.Equal(before, await CountAsync());
        tab.AssertNoProblems();

        async Task<(int Elements, int Nodes, int Listeners)> CountAsync()
        {
            // The browser keeps the field that was edited last, to undo it.
            await tab.Page.EvaluateAsync("() => document.body.append(document.createElement('textarea'))");
            await tab.Page.Locator("textarea").FillAsync("x");
            await tab.Page.EvaluateAsync("() => document.querySelector('textarea').remove()");
            await tools.SendAsync("HeapProfiler.collectGarbage");
            var prototype = (await tools.SendAsync("Runtime.evaluate", new() { ["expression"] = "customElements.get('chatbotkit-chat').prototype" }))!.Value;
            var found = (await tools.SendAsync("Runtime.queryObjects", new() { ["prototypeObjectId"] = prototype.GetProperty("result").GetProperty("objectId").GetString()!, ["objectGroup"] = "count" }))!.Value;
            var array = found.GetProperty("objects").GetProperty("objectId").GetString()!;
            var length = (await tools.SendAsync("Runtime.callFunctionOn", new() { ["objectId"] = array, ["functionDeclaration"] = "function () { return this.length }" }))!.Value;
            await tools.SendAsync("Runtime.releaseObjectGroup", new() { ["objectGroup"] = "count" });
            await tools.SendAsync("HeapProfiler.collectGarbage");
            await tools.SendAsync("HeapProfiler.collectGarbage");
            var counters = (await tools.SendAsync("Memory.getDOMCounters"))!.Value;
            return (length.GetProperty("result").GetProperty("value").GetInt32(), NumberOf(counters, "nodes"), NumberOf(counters, "jsEventListeners"));
        }
    }

    private static int NumberOf(JsonElement counters, string name) => counters.GetProperty(name).GetInt32();
}
