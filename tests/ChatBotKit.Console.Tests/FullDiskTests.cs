using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>The disk takes no writes: what is stored is shown, and no form loses its content.</summary>
public sealed class FullDiskTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const string Banner = "The disk does not take writes, or the server is busy. What is stored can still be read.";

    [Fact]
    public async Task PagesAreRead_AndFormsKeepTheirContent_UntilTheyAreSaved()
    {
        var world = await World.MakeAsync(Owner, Model);
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        Assert.SkipUnless(Server.Store is SqliteStore, "PostgreSQL looks after its own disk.");
        var store = (SqliteStore)Server.Store;
        await store.RefuseWritesAsync(new StoreUnavailableException("The disk is full"));
        foreach (var (path, _) in world.Pages)
        {
            var response = await tab.Page.GotoAsync(new Uri(Server.Address, "/console" + path).AbsoluteUri);
            Assert.Equal((path, 200), (path, response!.Status));
        }

        var bot = world.Pages.Single(one => one.Picture == "bot").Path;
        await SaveAsync("/bots/new", "Create");
        await SaveAsync(bot, "Save");
        await SaveAsync("/skillsets/new", "Create");
        await SaveAsync("/tasks/new", "Create");
        await tab.GoAsync(world.Pages.Single(one => one.Picture == "conversation").Path);
        await tab.ClickAsync("Delete the conversation");
        await tab.Page.GetByRole(AriaRole.Alert).GetByText(Banner).WaitForAsync();

        store.AcceptWrites();
        await tab.GoAsync("/bots/new");
        Assert.Equal("Half written", await tab.Page.GetByLabel("Name").InputValueAsync());
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Half written");
        tab.AssertNoProblems();

        async Task SaveAsync(string path, string button)
        {
            await tab.GoAsync(path);
            await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Half written");
            await tab.ClickAsync(button);
            await tab.Page.GetByRole(AriaRole.Alert).GetByText(Banner).WaitForAsync();
            Assert.Equal("Half written", await tab.Page.GetByLabel("Name", new() { Exact = true }).InputValueAsync());
            await tab.AssertAccessibleAsync();
        }
    }
}
