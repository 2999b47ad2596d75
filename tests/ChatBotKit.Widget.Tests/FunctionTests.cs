using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Widget.Tests;

/// <summary>Functions of the page that the model calls.</summary>
public sealed class FunctionTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private protected override TimeProvider Time => _clock;

    /// <summary>The result that the model gets is its answer.</summary>
    private protected override ModelScript Answer(ScriptedRequest request) => request.Messages[^1].GetProperty("role").GetString() == "tool"
        ? new ModelScript().Text("It says: ", request.Messages[^1].GetProperty("content").GetString()!)
        : new ModelScript().ToolCall("call-1", "getCart", """{"shop":"flowers"}""");

    [Fact]
    public async Task Function_AnswersTheModel()
    {
        var tab = await OpenWithAsync("handler: ({ shop }, { callId }) => { calls.push(callId); return { shop, items: 3 } }");

        await tab.SayAsync("What is in my cart?");

        await tab.ReadsAsync("It says: {\"shop\":\"flowers\",\"items\":3}");
        Assert.Equal(["running", "done"], await tab.Page.EvaluateAsync<string[]>("() => states"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Function_ThatThrows_TellsTheModelNoDetails()
    {
        var tab = await OpenWithAsync("handler: () => { throw new Error('a secret of the page') }");

        await tab.SayAsync("What is in my cart?");

        await tab.ReadsAsync("It says: {\"error\":\"The function failed.\"}");
        Assert.DoesNotContain(Model.Requests, request => request.Body.ToString().Contains("secret", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("Allow", "It says: 3")]
    [InlineData("Don't allow", "It says: {\"error\":\"The visitor did not allow it.\"}")]
    public async Task Function_WithConfirmation_AsksTheVisitor(string choice, string answer)
    {
        var tab = await OpenWithAsync("confirm: true, label: 'Look into the cart', handler: () => { calls.push(1); return 3 }");

        await tab.SayAsync("What is in my cart?");
        var card = tab.Widget.GetByRole(AriaRole.Group, new() { Name = "Look into the cart" });
        await card.GetByText("\"flowers\"").WaitForAsync();
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("() => calls.length"));
        await card.GetByRole(AriaRole.Button, new() { Name = choice, Exact = true }).PressAsync("Enter");

        await tab.ReadsAsync(answer);
        // The button that had the focus has gone.
        Assert.True(await tab.EvaluateAsync<bool>("() => widget.activeElement === widget.querySelector('textarea')"));
        Assert.Equal(0, await tab.Widget.Locator("li.card").CountAsync());
        Assert.Equal(choice == "Allow" ? 1 : 0, await tab.Page.EvaluateAsync<int>("() => calls.length"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Function_RunsOnce_OverAReload()
    {
        var tab = await OpenWithAsync("handler: () => { localStorage.calls = Number(localStorage.calls ?? 0) + 1; return new Promise(() => {}) }");

        await tab.SayAsync("What is in my cart?");
        await tab.Page.WaitForFunctionAsync("() => localStorage.calls === '1'");
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();

        await tab.ReadsAsync("It says: {\"error\":\"The call was interrupted.\"}");
        Assert.Equal("1", await tab.Page.EvaluateAsync<string>("() => localStorage.calls"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Function_WithoutAResultForFiveMinutes_IsAborted_AndTheModelGoesOn()
    {
        var tab = await OpenWithAsync("handler: (_, { signal }) => { signal.addEventListener('abort', () => calls.push('aborted')); calls.push('begun'); return new Promise(() => {}) }");
        await tab.SayAsync("What is in my cart?");
        await tab.Page.WaitForFunctionAsync("() => calls.includes('begun')");

        _clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        await tab.ReadsAsync("It says: {\"error\":\"No answer came on the channel within five minutes.\"}");
        Assert.Equal(["begun", "aborted"], await tab.Page.EvaluateAsync<string[]>("() => calls"));
        Assert.Equal(["running", "aborted"], await tab.Page.EvaluateAsync<string[]>("() => states"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Question_WithoutAnAnswerForFiveMinutes_GoesAway_AndTheFunctionDoesNotRun()
    {
        var tab = await OpenWithAsync("confirm: true, handler: () => { calls.push(1); return 3 }");
        await tab.SayAsync("What is in my cart?");
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).WaitForAsync();

        _clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        await tab.ReadsAsync("It says: {\"error\":\"No answer came on the channel within five minutes.\"}");
        Assert.Equal(0, await tab.Widget.Locator("li.card").CountAsync());
        Assert.Equal(["aborted"], await tab.Page.EvaluateAsync<string[]>("() => states"));
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("() => calls.length"));
        Assert.DoesNotContain(tab.Requests, request => request.EndsWith("/publish", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Question_OfAChatThatIsRemoved_IsNoRefusal_AndIsAskedAgain()
    {
        var tab = await OpenWithAsync("confirm: true, handler: () => 3");
        await tab.SayAsync("What is in my cart?");
        var allow = tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true });
        await allow.WaitForAsync();

        await tab.EvaluateAsync<object>("() => { window.kept = chat; chat.addEventListener('cbk-function', ({ detail }) => states.push(detail.state)); chat.remove() }");
        await tab.Page.WaitForFunctionAsync("() => states.includes('aborted')");
        await tab.Page.EvaluateAsync("() => document.body.append(kept)");
        await allow.ClickAsync();

        await tab.ReadsAsync("It says: 3");
        tab.AssertNoProblems();
    }

    private async Task<WidgetTab> OpenWithAsync(string function)
    {
        Site.Body += $$"""
            <script>
              const calls = [], states = []
              document.addEventListener('cbk-function', (event) => states.push(event.detail.state))
              customElements.whenDefined('chatbotkit-chat').then(() => {
                document.querySelector('chatbotkit-chat').functions = { getCart: { description: 'Tells what is in the cart', parameters: { type: 'object', properties: { shop: { type: 'string' } } }, {{function}} } }
              })
            </script>
            """;
        return await OpenChatAsync();
    }
}
