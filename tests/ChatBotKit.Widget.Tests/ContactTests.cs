using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace ChatBotKit.Widget.Tests;

/// <summary>A widget that collects contacts asks for them before the first message.</summary>
public sealed class ContactTests(ChromiumBrowser browser) : WidgetIntegrationTest(browser)
{
    [Fact]
    public async Task Visitor_IsAskedOnce_AndTheContactIsThatOfTheConversation()
    {
        await CreateWidgetAsync("""{"contactCollection":true,"initial":"How can I help?"}""");
        var tab = await OpenPageAsync();
        await tab.Launcher.ClickAsync();
        var form = FormOf(tab);
        await form.WaitForAsync();
        await tab.ReadsAsync("How can I help?");
        Assert.False(await tab.Widget.Locator("textarea").IsVisibleAsync());
        // The focus was in the field that the form has replaced.
        await tab.WaitAsync("() => widget.activeElement === widget.querySelector('.contact input')");
        await tab.EvaluateAsync<object>("() => { chat.send({ text: 'Hello' }) }");

        await form.GetByRole(AriaRole.Button).ClickAsync();
        Assert.False(await form.Locator("input[type=email]").EvaluateAsync<bool>("field => field.validity.valid"));
        Assert.Empty(Model.Requests);
        await form.GetByLabel("Name").FillAsync("Ann");
        await form.GetByLabel("E-mail").FillAsync("ann@shop.example");
        await form.GetByLabel("E-mail").PressAsync("Enter");

        // The message that the page has sent meanwhile waits for the contact.
        await tab.ReadsAsync("Good day.");
        await tab.WaitAsync("() => widget.activeElement === widget.querySelector('textarea') && !widget.querySelector('.contact')");
        Assert.Equal(["Ann ann@shop.example"], await ContactsAsync());
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.ReadsAsync("Good day.");
        await tab.WaitAsync("() => chat.state === 'ready' && !widget.querySelector('.contact')");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Visitor_WhomThePageKnows_IsNotAsked()
    {
        await CreateWidgetAsync("""{"contactCollection":true}""");
        var tab = await OpenPageAsync();
        await tab.EvaluateAsync<object>("() => { chat.contact = { name: 'Ann', email: 'ann@shop.example' } }");

        await tab.OpenChatAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");

        Assert.Equal(["Ann ann@shop.example"], await ContactsAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Visitor_WhomThePageKnowsByName_FindsItInTheForm()
    {
        await CreateWidgetAsync("""{"contactCollection":true}""");
        var tab = await OpenPageAsync();
        await tab.EvaluateAsync<object>("() => { chat.contact = { name: 'Ann' } }");

        await tab.Launcher.ClickAsync();
        await FormOf(tab).WaitForAsync();

        Assert.Equal("Ann", await FormOf(tab).GetByLabel("Name").InputValueAsync());
        Assert.Equal("", await FormOf(tab).GetByLabel("E-mail").InputValueAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Address_OfAContactThatTheOwnerVerified_LetsTheVisitorChat_WithoutTheContact()
    {
        await CreateWidgetAsync("""{"contactCollection":true}""");
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        // The owner has verified a contact that has given its address in another conversation.
        var conversation = (await owner.ReadAsync(HttpMethod.Post, "conversation/create", new { })).GetProperty("id").GetString();
        var contact = (await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/contact/upsert", new { email = "ann@shop.example" })).GetProperty("id").GetString();
        await owner.ReadAsync(HttpMethod.Post, $"contact/{contact}/update", new { verifiedAt = 1_700_000_000_000 });
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;
        await tab.Launcher.ClickAsync();

        await FormOf(tab).GetByLabel("E-mail").FillAsync("ann@shop.example");
        var refused = await tab.Page.RunAndWaitForResponseAsync(
            () => FormOf(tab).GetByRole(AriaRole.Button).ClickAsync(), response => response.Url.EndsWith("/contact/upsert", StringComparison.Ordinal) && response.Request.Method == "POST");
        Assert.Equal(409, refused.Status);
        await Assertions.Expect(FormOf(tab)).ToHaveCountAsync(0);
        await tab.SayAsync("Hello");

        await tab.ReadsAsync("Good day.");
        await tab.Page.ReloadAsync();
        await tab.OpenChatAsync();
        await tab.ReadsAsync("Good day.");
        // The conversation has no contact, and the visitor is not asked again.
        await tab.WaitAsync("() => chat.state === 'ready'");
        Assert.Equal(0, await FormOf(tab).CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Contact_ThatIsRefused_StaysInTheForm_WithTheReason()
    {
        await CreateWidgetAsync("""{"contactCollection":true}""");
        var tab = await OpenPageAsync();
        tab.ExpectsFailures = true;
        await tab.Page.RouteAsync("**/contact/upsert", route => route.Request.Method == "OPTIONS" ? route.ContinueAsync() : route.FulfillAsync(new()
        {
            Status = 400,
            Headers = new Dictionary<string, string> { ["access-control-allow-origin"] = "*" },
            Body = """{"code":"BAD_REQUEST","message":"No"}""",
        }));
        await tab.Launcher.ClickAsync();
        var form = FormOf(tab);

        await form.GetByLabel("E-mail").FillAsync("ann@shop.example");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await form.GetByText("Please check what you entered.").WaitForAsync();

        Assert.Equal("ann@shop.example", await form.GetByLabel("E-mail").InputValueAsync());
        await tab.Page.UnrouteAsync("**/contact/upsert");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await tab.Input.And(tab.Widget.Locator("textarea")).WaitForAsync();
        await tab.SayAsync("Hello");
        await tab.ReadsAsync("Good day.");
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1100, "en")]
    [InlineData("dark", ColorScheme.Dark, 1100, "de")]
    [InlineData("phone", ColorScheme.Light, 390, "ar")]
    public async Task Form_HasNoFaultOfAccessibility(string name, ColorScheme scheme, int width, string language)
    {
        await CreateWidgetAsync("""{"contactCollection":true,"initial":"How can I help?"}""");
        Site.HtmlAttributes = $"lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"";
        Site.Attributes = "disclaimer=\"Answers are written by a machine.\"";
        var tab = await OpenPageAsync(options => (options.ColorScheme, options.ViewportSize, options.HasTouch, options.IsMobile, options.ReducedMotion) =
            (scheme, new() { Width = width, Height = 780 }, width < 500, width < 500, ReducedMotion.Reduce));
        await tab.Launcher.ClickAsync();
        await FormOf(tab).WaitForAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");

        var result = await tab.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });

        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(one => $"{one.Id} {one.Help}")));
        Assert.True(await tab.EvaluateAsync<bool>("() => widget.querySelector('.panel').scrollWidth <= widget.querySelector('.panel').clientWidth"));
        await tab.Page.ScreenshotAsync(new() { Path = GalleryTests.PathOf($"{name}-contact.png") });
        tab.AssertNoProblems();
    }

    private static ILocator FormOf(WidgetTab tab) => tab.Widget.Locator("form[part=contact]");

    private async Task<IEnumerable<string>> ContactsAsync()
    {
        using var owner = ServerFactory.ClientOf(ChatServer.Address);
        var contacts = await owner.ReadAsync(HttpMethod.Get, "contact/list");
        return contacts.GetProperty("items").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("email")}");
    }
}
