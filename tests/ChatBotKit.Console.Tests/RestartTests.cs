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

    [Fact]
    public async Task Trace_OfARunThatTheRestartCutOff_ShowsItsEnd_WithoutAClick()
    {
        browser.Require();
        var data = Directory.CreateTempSubdirectory("chatbotkit-test-");
        await using var model = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        model.Otherwise(_ => new ModelScript().Text("one ").Silence());
        await using (var server = new RestartedServer())
        {
            await server.StartAsync(data.FullName, model.BaseUrl);
            using var owner = ServerFactory.ClientOf(server.Address);
            var conversation = (await owner.ReadAsync(HttpMethod.Post, "conversation/create", new { model = "scripted" })).GetProperty("id").GetString();
            using var answer = await owner.OpenAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Count" });
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("\"token\"", StringComparison.Ordinal))
            {
                // The run is stored before its first token is sent.
            }

            var run = (await owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString();
            await using var tab = await ConsoleTab.OpenAsync(browser.Require(), new BrowserNewContextOptions(), server.Address);
            tab.ExpectsFailures = true;
            await tab.SignInAsync(ServerFactory.OwnerSecret);
            await tab.IsAtAsync("Overview");
            await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
            await tab.SeesAsync("going on");

            await server.RestartAsync();

            await Assertions.Expect(tab.Page.GetByText("going on")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
            await tab.Page.GetByText("Aborted").First.WaitForAsync();
        }

        data.Delete(recursive: true);
        await TestStore.DeleteDatabaseOfAsync(data.FullName);
    }
}
