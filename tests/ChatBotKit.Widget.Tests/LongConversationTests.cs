using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>A long conversation takes little memory, and a word in it costs no more than in a short one.</summary>
public sealed class LongConversationTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const int Messages = 500;
    private const int Words = 300;
    private const int MaxBytes = 15_000_000;

    /// <summary>Counts the changes of messages that are on the page now.</summary>
    private const string CountTouched = """
        () => {
          const list = widget.querySelector('li').parentElement
          const old = new Set(list.children)
          window.touched = 0
          new MutationObserver((changes) => {
            for (const { target } of changes) if (old.has((target.nodeType === 1 ? target : target.parentElement)?.closest('li'))) window.touched++
          }).observe(list, { subtree: true, childList: true, characterData: true, attributes: true })
        }
        """;

    [Fact]
    public async Task FiveHundredMessages_TakeLittleMemory_AndAreNotTouchedByAnAnswer()
    {
        for (var i = 0; i < Messages; i++)
            await Site.OwnerAsync(HttpMethod.Post, "message/create", new { type = i % 2 == 0 ? "user" : "bot", text = $"Message **{i}** of a long `conversation`." });
        var tab = await OpenPageAsync();
        var tools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        var before = await HeapAsync();
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        for (var shown = await CountAsync(); shown < Messages; shown = await CountAsync())
        {
            await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Show older messages" }).ClickAsync();
            await tab.WaitAsync("(shown) => widget.querySelectorAll('li').length > shown[0]", shown);
        }

        Assert.InRange(await HeapAsync() - before, 0, MaxBytes);
        Assert.Equal("Message 1 of a long conversation.", await tab.EvaluateAsync<string>("() => widget.querySelector('li.bot .text').textContent"));
        await tab.EvaluateAsync<object>(CountTouched);

        await tab.SayAsync("Write much");
        await tab.ReadsAsync(string.Concat(Said()));

        // The last message loses its place as the newest one, and the focus of the keyboard goes from one message to another.
        Assert.InRange(await tab.Page.EvaluateAsync<int>("() => touched"), 0, 10);
        tab.AssertNoProblems();

        Task<int> CountAsync() => tab.EvaluateAsync<int>("() => widget.querySelectorAll('li').length");

        async Task<long> HeapAsync()
        {
            await tools.SendAsync("HeapProfiler.collectGarbage");
            return (await tools.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetInt64();
        }
    }

    private protected override ModelScript Answer(ScriptedRequest request) =>
        new ModelScript().Text(Said());

    private static IEnumerable<string> Said() => Enumerable.Range(0, Words).Select(number => $"word{number} ");
}
