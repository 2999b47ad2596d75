using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>The sessions of visitors are ended in the console, and its audit says so.</summary>
public sealed class SessionTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task One_IsRevoked_AndTheOthersGoOn()
    {
        var (first, second) = (await MintAsync(), await MintAsync());
        var tab = await SignedInAsync();
        await tab.FollowAsync("Sessions");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {first.Id}" }).ClickAsync();
        await tab.SeesAsync("Revoked. Open streams have ended.");

        using var visitor = Server.Client(first.Token);
        await visitor.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Get, $"conversation/{first.Conversation}/message/list");
        using var other = Server.Client(second.Token);
        await other.ReadAsync(HttpMethod.Get, $"conversation/{second.Conversation}/message/list");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task One_RevokedInAnAnswer_EndsItsChat_AndAnotherAnswerGoesOn()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Otherwise(_ => new ModelScript().Text("one ").WaitFor(goOn.Task).Text("two"));
        var bot = (await Owner.ReadAsync(HttpMethod.Post, "bot/create", new { name = "Shop", model = "scripted" })).GetProperty("id").GetString()!;
        var visitor = await SignedInAsync();
        visitor.ExpectsFailures = true;
        await visitor.GoAsync($"/bots/{bot}");
        var chat = visitor.Page.Locator("chatbotkit-chat");
        await chat.GetByRole(AriaRole.Textbox).FillAsync("Count");
        await chat.GetByRole(AriaRole.Textbox).PressAsync("Enter");
        await chat.Locator("li.bot").GetByText("one").WaitForAsync();
        var id = (await Owner.ReadAsync(HttpMethod.Get, "session/list")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var other = await MintAsync();
        using var client = Server.Client(other.Token);
        using var answer = await client.OpenAsync(HttpMethod.Post, $"conversation/{other.Conversation}/complete", new { text = "Count" });
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        while (await lines.ReadLineAsync(Token) is { } line && !line.Contains("\"token\"", StringComparison.Ordinal))
        {
            // The answer of the other visitor has begun with its first token.
        }

        var tab = await SignedInAsync();
        await tab.GoAsync("/sessions");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {id}" }).ClickAsync();
        await tab.SeesAsync("Revoked. Open streams have ended.");

        await chat.GetByText("This conversation was ended.").First.WaitForAsync();
        goOn.SetResult();
        Assert.Contains("two", await lines.ReadToEndAsync(Token), StringComparison.Ordinal);
        visitor.AssertNoProblems();
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task All_AreRevoked_OnlyWithTheWord_AndTheChainOfTheAuditIsWhole()
    {
        var session = await MintAsync();
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/sessions");
        await tab.Page.GetByLabel("Type “revoke” to confirm").FillAsync("yes");
        await tab.ClickAsync("Revoke all sessions");
        await tab.SeesAsync("Nothing was revoked: type revoke to confirm.");
        using var visitor = Server.Client(session.Token);
        await visitor.ReadAsync(HttpMethod.Get, $"conversation/{session.Conversation}/message/list");

        await tab.Page.GetByLabel("Type “revoke” to confirm").FillAsync("revoke");
        await tab.ClickAsync("Revoke all sessions");
        await tab.SeesAsync("Revoked.");
        await visitor.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Get, $"conversation/{session.Conversation}/message/list");

        await tab.FollowAsync("Audit");
        await tab.Page.GetByLabel("Type").SelectOptionAsync("revoke");
        await tab.ClickAsync("Verify the chain");
        await tab.Page.GetByText("records is whole").WaitForAsync();
        Assert.NotEqual(0, await tab.Page.Locator("tbody tr").CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task OfAContact_AreRevokedTogether()
    {
        var (ada, other) = (await MintAsync(new { name = "Ada", email = "ada@shop.example" }), await MintAsync());
        var tab = await SignedInAsync();
        await tab.GoAsync($"/sessions?contact={ada.Contact}&status=active");
        Assert.Equal(1, await tab.Page.Locator("tbody tr").CountAsync());
        await tab.ClickAsync("Revoke all of this contact");
        await tab.SeesAsync("Revoked.");
        using var visitor = Server.Client(ada.Token);
        await visitor.AssertRefusedAsync("401 SESSION_REVOKED", HttpMethod.Get, $"conversation/{ada.Conversation}/message/list");
        using var second = Server.Client(other.Token);
        await second.ReadAsync(HttpMethod.Get, $"conversation/{other.Conversation}/message/list");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Keys_AreChanged_AndRevoked()
    {
        var conversation = (await Owner.ReadAsync(HttpMethod.Post, "conversation/create", new { })).GetProperty("id").GetString();
        var token = (await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { })).GetProperty("token").GetString()!;
        var tab = await SignedInAsync();
        await tab.GoAsync("/sessions");
        await tab.FollowAsync("Keys");
        var old = await tab.Page.Locator("tbody tr:has-text('active') code").First.InnerTextAsync();
        await tab.AssertAccessibleAsync();

        await tab.ClickAsync("Change the key now");
        await tab.SeesAsync("A new key signs from now on.");
        using var visitor = Server.Client(token);
        await visitor.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
        await tab.ClickAsync($"Revoke the key {old}");
        await tab.SeesAsync("Revoked. Open streams have ended.");

        await visitor.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{conversation}/message/list");
        tab.AssertNoProblems();
    }

    private async Task<(string Conversation, string Id, string Token, string? Contact)> MintAsync(object? contact = null)
    {
        var conversation = (await Owner.ReadAsync(HttpMethod.Post, "conversation/create", new { contactId = contact, model = "scripted" })).GetProperty("id").GetString()!;
        var session = await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { });
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/fetch");
        return (conversation, session.GetProperty("sessionId").GetString()!, session.GetProperty("token").GetString()!,
            stored.TryGetProperty("contactId", out var id) ? id.GetString() : null);
    }
}
