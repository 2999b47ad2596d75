using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>While the slot <c>consent</c> has content, no session is requested, whatever the visitor or the page does.</summary>
public sealed class ConsentTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    /// <summary>Ends when everything that has begun in the page, such as a request, was reported.</summary>
    private const string Settle = "() => new Promise(done => setTimeout(done))";

    [Fact]
    public async Task Message_BeforeTheConsent_IsSentAfterIt()
    {
        Site.Content = """<p slot="consent">May we keep this chat?</p>""";
        var tab = await OpenChatAsync();

        await tab.SayAsync("Hello");
        await tab.Questions.GetByText("Hello").WaitForAsync();
        await tab.EvaluateAsync<object>("() => { window.kept = chat; chat.remove(); document.body.append(kept) }");
        await tab.Page.EvaluateAsync(Settle);
        Assert.DoesNotContain(tab.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
        await tab.EvaluateAsync<object>("() => { chat.dispatchEvent(new Event('cbk-consent')); chat.replaceChildren() }");

        await tab.ReadsAsync("Good day.");
        Assert.Equal(1, Site.Mints);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task ElementThatComesBack_BeforeTheConsent_RequestsNothing()
    {
        Site.Content = """<p slot="consent">May we keep this chat?</p>""";
        var tab = await OpenChatAsync();

        await tab.EvaluateAsync<object>("() => { window.kept = chat; chat.remove() }");
        await tab.Page.EvaluateAsync("() => document.body.append(kept)");
        await tab.Page.EvaluateAsync(Settle);

        Assert.DoesNotContain(tab.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
        await tab.EvaluateAsync<object>("() => chat.dispatchEvent(new Event('cbk-consent'))");
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        Assert.Equal(1, Site.Mints);
        tab.AssertNoProblems();
    }
}
