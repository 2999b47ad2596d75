using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.EndToEnd.Tests.Foreign;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>A page that was open while the server restarted works as before.</summary>
public sealed class RestartTests(ChromiumBrowser browser)
{
    [Fact]
    public async Task Form_IsSaved_AfterARestart()
    {
        browser.Require();
        var data = Directory.CreateTempSubdirectory("chatbotkit-test-");
        await using var model = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        await using (var server = new RestartedServer())
        {
            await server.StartAsync(data.FullName, model.BaseUrl);
            await using var tab = await ConsoleTab.OpenAsync(browser.Require(), new BrowserNewContextOptions(), server.Address);
            await tab.SignInAsync(ServerFactory.OwnerSecret);
            await tab.IsAtAsync("Overview");
            await tab.GoAsync("/bots/new");
            await tab.Page.GetByLabel("Name").FillAsync("Patient");

            await server.RestartAsync();

            await tab.ClickAsync("Create");
            await tab.IsAtAsync("Patient");
            await tab.SeesAsync("Created.");
        }

        data.Delete(recursive: true);
        await TestStore.DeleteDatabaseOfAsync(data.FullName);
    }
}
