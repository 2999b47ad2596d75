using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>Takes pictures of the widget in its states, to look at: <c>artifacts/widget</c>.</summary>
public sealed class GalleryTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private const string Rich = """
        We are open **every day**, and on holidays by appointment. See [our page](https://shop.example/hours).

        | Day | Opens | Closes |
        |---|--:|--:|
        | Monday to Friday | 9:00 | 18:00 |
        | Saturday | 9:00 | 14:00 |

        Your site can read them too:

        ```js
        const hours = await fetch('/hours.json').then((response) => response.json())
        console.log(hours.saturday) // 9:00 to 14:00
        ```
        """;

    private const string Attributes = """
        heading="Flower shop" intro="Hello! Ask us about roses, opening hours and delivery." feedback restart attachments
        disclaimer="Answers are written by a machine." prompts='[{"label":"When are you open?"},{"label":"Do you deliver on Sundays?"}]'
        """;

    internal static readonly string Root = FindRoot();

    [Theory]
    [InlineData("light", ColorScheme.Light, 1100, 800, "en")]
    [InlineData("dark", ColorScheme.Dark, 1100, 800, "en")]
    [InlineData("phone", ColorScheme.Light, 390, 780, "en")]
    [InlineData("rtl", ColorScheme.Light, 1100, 800, "ar")]
    public async Task Widget_InItsStates(string name, ColorScheme scheme, int width, int height, string language)
    {
        Site.Attributes = Attributes;
        Site.HtmlAttributes = $"lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"";
        Site.Head = "<style>body { font: 16px/1.6 system-ui, sans-serif; margin: 40px; color-scheme: light dark; }</style>";
        var isPhone = width < 500;
        var tab = await OpenPageAsync(options => (options.ColorScheme, options.ViewportSize, options.IsMobile, options.HasTouch, options.ReducedMotion) =
            (scheme, new() { Width = width, Height = height }, isPhone, isPhone, ReducedMotion.Reduce));
        await TakeAsync("closed");
        await tab.OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        await TakeAsync("start");
        await tab.SayAsync("When are you open?");
        await tab.WaitAsync("() => chat.state === 'ready' && widget.querySelectorAll('li.bot').length === 1");
        await TakeAsync("answer");
        if (name == "light" && Environment.GetEnvironmentVariable("CHATBOTKIT_WRITE_GUIDES") == "1")
            await tab.Widget.Locator("[part=panel]").ScreenshotAsync(new() { Path = Path.Combine(Root, "docs", "images", "widget.png") });
        await tab.SayAsync("Count slowly");
        await tab.ReadsAsync("one two", isWriting: true);
        await TakeAsync("writing");
        await Site.OwnerAsync(HttpMethod.Post, $"session/{Site.SessionId}/revoke", new { });
        await tab.WaitAsync("() => chat.state === 'ended'");
        await TakeAsync("ended");
        GoOn();
        tab.AssertNoProblems();

        Task TakeAsync(string state) => tab.Page.ScreenshotAsync(new() { Path = PathOf($"{name}-{state}.png") });
    }

    private protected override ModelScript Answer(ScriptedRequest request) =>
        request.LastText("user").StartsWith("When", StringComparison.Ordinal) ? new ModelScript().Text(Rich) : base.Answer(request);

    /// <summary>Returns the path of a picture.</summary>
    internal static string PathOf(string name) => Path.Combine(Root, "artifacts", "widget", name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
