using System.Diagnostics;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>The first minute with an empty server, with the keyboard alone: from the link that the start prints to an answer from a file.</summary>
public sealed class FirstRunTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    /// <summary>The keys that a person who types slowly presses in a minute.</summary>
    private const int MostKeys = 180;

    private const string Focused = "one => one.getRootNode().activeElement === one";

    private int _keys;

    [Fact]
    public async Task Keyboard_LeadsFromTheLink_ToAnAnswerFromAFile()
    {
        var watch = Stopwatch.StartNew();
        var tab = await OpenAsync();
        var page = tab.Page;
        await page.GotoAsync(ConsoleEndpoints.MakeLink(Server.App));
        await tab.IsAtAsync("Overview");
        await SkipAsync();
        await FollowAsync("Give it knowledge");
        await tab.IsAtAsync("Datasets");

        await SkipAsync();
        await TypeAsync(page.GetByLabel("New dataset"), "Shop");
        await PressAsync("Enter");
        await tab.IsAtAsync("Shop");
        await SkipAsync();
        await FindAsync(page.GetByLabel("Drop a file here"));
        var chooser = await page.RunAndWaitForFileChooserAsync(() => PressAsync("Enter"));
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "hours.md",
            MimeType = "text/markdown",
            Buffer = "# Opening hours\n\nThe shop is open from Monday to Friday from 9:00 to 18:00.\n"u8.ToArray(),
        });
        await page.GetByText("imported", new() { Exact = true }).WaitForAsync();

        await FollowAsync("Overview");
        await tab.IsAtAsync("Overview");
        await SkipAsync();
        await FollowAsync("Make a bot");
        await tab.IsAtAsync("New bot");
        await SkipAsync();
        await TypeAsync(page.GetByLabel("Name", new() { Exact = true }), "Flower shop");
        await TypeAsync(page.GetByLabel("Model", new() { Exact = true }), "extractive");
        await TypeAsync(page.GetByLabel("Dataset", new() { Exact = true }), "Shop");
        await FindAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create" }));
        await PressAsync("Enter");
        await tab.IsAtAsync("Flower shop");

        await SkipAsync();
        var chat = page.Locator("chatbotkit-chat");
        await TypeAsync(chat.GetByRole(AriaRole.Textbox), "When is the shop open?");
        await PressAsync("Enter");
        var answer = chat.Locator("li.bot");
        await answer.GetByText("from 9:00 to 18:00").WaitForAsync();

        Assert.Contains("hours.md", await answer.InnerTextAsync(), StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage($"{_keys} keys, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(_keys <= MostKeys, $"{_keys} keys were pressed.");
        tab.AssertNoProblems();

        async Task SkipAsync()
        {
            await FindAsync(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }));
            await PressAsync("Enter");
        }

        async Task FollowAsync(string link)
        {
            await FindAsync(page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First);
            await PressAsync("Enter");
        }

        async Task TypeAsync(ILocator field, string text)
        {
            await FindAsync(field);
            await page.Keyboard.TypeAsync(text);
            _keys += text.Length;
        }

        Task PressAsync(string key)
        {
            _keys++;
            return page.Keyboard.PressAsync(key);
        }

        // Goes on with the Tab key until the focus is there.
        async Task FindAsync(ILocator target)
        {
            await target.WaitForAsync();
            for (var steps = 0; steps < 60; steps++)
            {
                await PressAsync("Tab");
                if (await target.EvaluateAsync<bool>(Focused))
                    return;
            }

            Assert.Fail($"The Tab key does not lead to {target}: {await page.Locator("main").InnerTextAsync()}");
        }
    }
}
