using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Every page in light, dark, forced colours and on a phone: pictures to look at, and no fault that a tool finds.</summary>
public sealed class GalleryTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Theory]
    [InlineData("light", ColorScheme.Light, ForcedColors.None, 1280, 900)]
    [InlineData("dark", ColorScheme.Dark, ForcedColors.None, 1280, 900)]
    [InlineData("forced", ColorScheme.Light, ForcedColors.Active, 1280, 900)]
    [InlineData("phone", ColorScheme.Light, ForcedColors.None, 390, 800)]
    public async Task EveryPage_CanBeUsedByEverybody(string name, ColorScheme scheme, ForcedColors colors, int width, int height)
    {
        var isPhone = width < 500;
        var tab = await OpenAsync(options => (options.ColorScheme, options.ForcedColors, options.ViewportSize, options.IsMobile, options.HasTouch) =
            (scheme, colors, new() { Width = width, Height = height }, isPhone, isPhone));
        await tab.GoAsync("/sign-in");
        await CheckAsync("sign-in");
        await tab.SignInAsync(ServerFactory.OwnerSecret);
        await tab.IsAtAsync("Overview");
        await CheckAsync("overview-empty");
        foreach (var empty in new[] { "bots", "datasets", "skillsets", "secrets", "tasks", "conversations", "contacts", "sessions", "integrations", "blueprints", "events", "usage" })
            await VisitAsync($"/{empty}", $"{empty}-empty");
        var world = await World.MakeAsync(Owner, Model);
        await VisitAsync("/", "overview");
        foreach (var (path, picture) in world.Pages)
            await VisitAsync(path, picture);
        tab.AssertNoProblems();
        tab.ExpectsFailures = true;
        await VisitAsync("/bots/nothere", "not-found");

        async Task VisitAsync(string path, string picture)
        {
            await tab.GoAsync(path);
            await CheckAsync(picture);
        }

        async Task CheckAsync(string picture)
        {
            if (await tab.Page.Locator("cbk-try").CountAsync() > 0)
                await tab.Page.WaitForFunctionAsync("() => document.querySelector('chatbotkit-chat')?.state === 'ready'");
            // The import of a file ends while the page is looked at.
            if (picture == "dataset-files")
                await tab.SeesAsync("failed");
            await Pictures.TakeAsync(tab.Page, $"{name}-{picture}");
            if (name == "light" && picture == "bot" && Environment.GetEnvironmentVariable("CHATBOTKIT_WRITE_GUIDES") == "1")
                await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures.Root, "docs", "images", "console.png") });
            await tab.AssertAccessibleAsync();
        }
    }
}
