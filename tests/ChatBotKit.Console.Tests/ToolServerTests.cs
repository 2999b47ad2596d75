using System.Net.Http.Headers;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Integrations that offer a skillset to programs: what is missing, the address, and the token.</summary>
public sealed class ToolServerTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Theory]
    [InlineData("mcpserver", "MCP server")]
    [InlineData("skillserver", "Skill server")]
    public async Task Integration_IsMade_AndItsAddressAndTokenWork(string kind, string title)
    {
        var skillset = (await Owner.ReadAsync(HttpMethod.Post, "skillset/create", new { name = "Shop" })).GetProperty("id").GetString()!;
        var tab = await SignedInAsync();
        await tab.FollowAsync("Integrations");
        await tab.FollowAsync($"New {title}");
        await tab.Page.GetByLabel("Name").FillAsync("Tools");
        await tab.Page.GetByLabel("Skillset").SelectOptionAsync("Shop");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("At least one ability that is on (not done)");
        await Owner.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/create", new { name = "Time", description = "Tells the time", instruction = "!time.now" });
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("At least one ability that is on (done)");
        await tab.AssertAccessibleAsync();
        var id = new Uri(tab.Page.Url).Segments[^1];
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"integration/{kind}/{id}/fetch");
        Assert.DoesNotContain(stored.GetProperty("accessToken").GetString()!, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.ClickAsync("Show the access token");
        await tab.AssertAccessibleAsync();
        string address = await tab.Page.GetByLabel("Address to copy", new() { Exact = true }).InnerTextAsync();
        string token = await tab.Page.GetByLabel("Access token", new() { Exact = true }).InnerTextAsync();
        using var client = Server.Client(token);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = kind == "mcpserver"
            ? await client.SendAsync(HttpMethod.Post, address, """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")
            : await client.SendAsync(HttpMethod.Get, address, accept: "text/markdown");
        Assert.Contains("Tells the time", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        await tab.FollowAsync("Integrations");
        await tab.FollowAsync("Tools");
        await tab.Page.GetByLabel("Name").FillAsync("Renamed");
        await tab.ClickAsync("Save");
        await tab.IsAtAsync("Renamed");
        await tab.ClickAsync("Delete the integration");
        await tab.SeesAsync("Deleted.");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"integration/{kind}/{id}/fetch");
        tab.AssertNoProblems();
    }
}
