using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>What is stored about a person, and what can be done with it.</summary>
public sealed class ContactTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Contact_HasItsConversations_AndCanBeChanged()
    {
        var id = await MakeAsync("contact/create", new { name = "Ada", email = "ada@shop.example" });
        var conversation = await MakeAsync("conversation/create", new { name = "About tulips", contactId = id });
        var tab = await SignedInAsync();
        await tab.GoAsync("/contacts");
        await tab.FollowAsync("Ada");
        await tab.FollowAsync("About tulips");
        await tab.IsAtAsync("About tulips");
        Assert.Contains(conversation, tab.Page.Url, StringComparison.Ordinal);

        await tab.GoAsync($"/contacts/{id}");
        await tab.Page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await tab.Page.GetByLabel("E-mail").FillAsync("");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");

        var stored = await Owner.ReadAsync(HttpMethod.Get, $"contact/{id}/fetch");
        Assert.Equal("Ada Lovelace", stored.GetProperty("name").GetString());
        Assert.True(!stored.TryGetProperty("email", out var email) || email.ValueKind == JsonValueKind.Null);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Memory_OfAContact_CanBeDeleted_AndSoCanTheContact()
    {
        var id = await MakeAsync("contact/create", new { name = "Ada" });
        var memory = await MakeAsync("memory/create", new { contactId = id, name = "flowers", text = "Prefers <b>tulips</b>." });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/contacts/{id}");
        await tab.SeesAsync("Prefers <b>tulips</b>.");
        await tab.ClickAsync("Delete the memory flowers");
        await tab.SeesAsync("Deleted.");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"memory/{memory}/fetch");

        await tab.ClickAsync("Delete the contact");
        await tab.SeesAsync("No contacts yet");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"contact/{id}/fetch");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Export_HasDetailsMemoriesAndConversations()
    {
        var id = await MakeAsync("contact/create", new { name = "Ada" });
        await MakeAsync("memory/create", new { contactId = id, name = "flowers", text = "Prefers tulips." });
        var conversation = await MakeAsync("conversation/create", new { contactId = id, messages = new[] { new { type = "user", text = "Are they \"fresh\"?" } } });
        await MakeAsync("conversation/create", new { name = "Of somebody else" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/contacts/{id}");

        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync("Export details, memories and conversations as JSON"));

        Assert.Equal($"contact-{id}.json", download.SuggestedFilename);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync((await download.PathAsync())!, Token));
        var root = file.RootElement;
        Assert.Equal("Ada", root.GetProperty("contact").GetProperty("name").GetString());
        Assert.Equal("Prefers tulips.", Assert.Single(root.GetProperty("memories").EnumerateArray()).GetProperty("text").GetString());
        var talked = Assert.Single(root.GetProperty("conversations").EnumerateArray());
        Assert.Equal(conversation, talked.GetProperty("conversation").GetProperty("id").GetString());
        Assert.Equal("Are they \"fresh\"?", Assert.Single(talked.GetProperty("messages").EnumerateArray()).GetProperty("text").GetString());
        tab.AssertNoProblems();
    }

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
