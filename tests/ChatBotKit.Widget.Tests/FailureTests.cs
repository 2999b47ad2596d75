using System.Text.Json.Nodes;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>What a visitor reads when something is wrong, and what is offered.</summary>
public sealed class FailureTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Cors = "access-control-allow-origin";

    private volatile bool _fails;

    [Fact]
    public async Task Session_RevokedInAnAnswer_Ends_AndStartsAnew()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);

        await Site.OwnerAsync(HttpMethod.Post, $"session/{Site.SessionId}/revoke", new { });
        await tab.Notice.GetByText("This conversation was ended.").WaitForAsync();
        await Assertions.Expect(tab.Input).ToBeHiddenAsync();
        Assert.Equal("ended", await tab.EvaluateAsync<string>("() => chat.state"));
        GoOn();
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Start anew" }).ClickAsync();
        await tab.SayAsync("Hello");

        await tab.ReadsAsync("Good day.");
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData(429, "SESSION_MESSAGE_LIMIT", "You have reached the limit of this chat. You can go on in 2 hours.", null)]
    [InlineData(429, "SESSION_TOKEN_LIMIT", "You have reached the limit of this chat. You can go on in 2 hours.", null)]
    [InlineData(403, "PERMISSION_MISSING", "Something is not set up right. (r-1)", null)]
    [InlineData(404, "NOT_FOUND", "Something is not set up right. (r-1)", null)]
    [InlineData(400, "BAD_REQUEST", "Something is not set up right. (r-1)", null)]
    public async Task Message_Refused_SaysWhy(int status, string code, string text, string? offer)
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.WaitAsync("() => chat.state === 'ready'");
        await tab.Page.EvaluateAsync("() => { window.announced = []; new MutationObserver(() => announced.push(document.querySelector('chatbotkit-chat').shadowRoot.querySelector('[role=alert]').textContent)).observe(document.querySelector('chatbotkit-chat').shadowRoot.querySelector('[role=alert]'), { childList: true }) }");
        await RefuseAsync(tab, status, code, retryAfter: status == 429 ? "7200" : null);

        await tab.SayAsync("Hello");

        await tab.Questions.GetByText(text, new() { Exact = true }).WaitForAsync();
        Assert.Equal(offer is null ? 0 : 1, await tab.Questions.GetByRole(AriaRole.Button).CountAsync());
        Assert.Contains(text, await tab.Page.EvaluateAsync<string>("() => announced.join()"), StringComparison.Ordinal);
        Assert.Equal(status != 429, tab.Warnings.Any(warning => warning.Contains(code, StringComparison.Ordinal)));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Message_TooFast_IsSentAgainInTime()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.WaitAsync("() => chat.state === 'ready'");
        await RefuseAsync(tab, 429, "SESSION_RATE_LIMIT", "2", times: 1);

        await tab.SayAsync("Hello");

        await tab.Notice.GetByText("One moment, that was fast.").WaitForAsync();
        await tab.ReadsAsync("Good day.");
        await Assertions.Expect(tab.Notice).ToBeHiddenAsync();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Gateway_ThatFails_IsTried_AndThenTheMessageIsSentAgainOnce()
    {
        var tab = await OpenChatAsync();
        tab.ExpectsFailures = true;
        await tab.WaitAsync("() => chat.state === 'ready'");
        await RefuseAsync(tab, 502, "BAD_GATEWAY", times: 4);

        await tab.SayAsync("Hello");
        await tab.Questions.GetByText("The assistant can't answer right now.").WaitForAsync();
        await tab.Questions.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await tab.ReadsAsync("Good day.");
        Assert.Equal(1, await tab.Questions.CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Provider_ThatFails_IsExplained_AndAskedAgain()
    {
        var tab = await OpenChatAsync();
        _fails = true;
        await tab.SayAsync("Hello");
        await tab.Widget.GetByText("The assistant can't answer right now.", new() { Exact = true }).First.WaitForAsync();
        _fails = false;

        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await tab.ReadsAsync("Good day.");
        Assert.Equal(1, await tab.Questions.CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Visitor_NotSignedIn_IsAskedToSignIn_Once()
    {
        Site.Refusal = 401;
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;
        await tab.Page.EvaluateAsync("() => { window.states = []; document.addEventListener('cbk-session', (event) => states.push(event.detail.state)) }");
        await tab.OpenChatAsync();

        await tab.Notice.GetByText("Please sign in to chat.").WaitForAsync();
        Assert.Equal(["sign-in"], await tab.Page.EvaluateAsync<string[]>("() => states"));
        Assert.Single(tab.Requests, request => request.EndsWith("/session", StringComparison.Ordinal));
        Site.Refusal = null;
        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Page_OnAnOriginThatIsNotAllowed_SaysSoQuietly()
    {
        Site.Session = new JsonObject { ["origins"] = new JsonArray("https://other.example") };
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;
        // The composer may be gone before it is looked for.
        await tab.Launcher.ClickAsync();

        await tab.Notice.GetByText("The chat is not available here.").WaitForAsync();
        Assert.Contains(tab.Warnings, warning => warning.Contains($"does not allow pages of {Site.Address}", StringComparison.Ordinal));
        Assert.True(tab.Requests.Count(request => request.Contains("/v1/conversation/", StringComparison.Ordinal)) <= 3);
        tab.AssertNoProblems();
    }

    private protected override ModelScript Answer(ScriptedRequest request) =>
        _fails ? new ModelScript().Fail(400, "No") : base.Answer(request);

    /// <summary>Answers requests for an answer in the place of the server.</summary>
    private static async Task RefuseAsync(WidgetTab tab, int status, string code, string? retryAfter = null, int times = int.MaxValue) =>
        await tab.Page.RouteAsync("**/complete", async route =>
        {
            if (route.Request.Method == "OPTIONS" || times-- <= 0)
            {
                await route.ContinueAsync();
                return;
            }
            var headers = new Dictionary<string, string>
            {
                [Cors] = "*",
                ["access-control-expose-headers"] = "Retry-After, X-Request-Id",
                ["x-request-id"] = "r-1",
                ["content-type"] = "application/json",
            };
            if (retryAfter is not null)
                headers["retry-after"] = retryAfter;
            await route.FulfillAsync(new() { Status = status, Headers = headers, Body = new JsonObject { ["code"] = code, ["message"] = "No" }.ToJsonString() });
        });
}
