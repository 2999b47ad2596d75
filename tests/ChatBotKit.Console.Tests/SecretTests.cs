using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Secrets: their values go in, and none comes out.</summary>
public sealed class SecretTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const string Value = "value-that-nobody-may-read";

    [Fact]
    public async Task Value_IsTypedOnce_AndInNoPageAndNoStorage()
    {
        var tab = await SignedInAsync();
        await tab.FollowAsync("Skillsets");
        await tab.FollowAsync("Secrets");
        await tab.SeesAsync("No secrets yet");
        await tab.FollowAsync("New secret");
        await tab.Page.GetByLabel("Name").FillAsync("Key of the shop");
        await tab.Page.GetByLabel("Value").FillAsync(Value);
        Assert.DoesNotContain(Value, await tab.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })"), StringComparison.Ordinal);
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Key of the shop");
        await tab.SeesAsync("can be used");
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.FollowAsync("Secrets");
        var row = tab.Page.Locator("tbody tr");
        Assert.Equal(["Key of the shop", "shared", "bearer token", "can be used"], (await row.Locator("td").AllInnerTextsAsync()).Take(4));
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.FollowAsync("Key of the shop");
        await tab.Page.GetByLabel("Description").FillAsync("For the stock list");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        await tab.SeesAsync("can be used");
        await tab.ClickAsync("Remove the value");
        await tab.SeesAsync("The value is removed.");
        await tab.SeesAsync("has no usable value");
        await tab.Page.GetByLabel("New value").FillAsync(Value);
        await tab.ClickAsync("Save");
        await tab.SeesAsync("can be used");

        await tab.ClickAsync("Delete the secret");
        await tab.SeesAsync("No secrets yet");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task OAuth_HasALink_ThatLeadsToTheSignInPage()
    {
        var tab = await SignedInAsync();
        await tab.GoAsync("/secrets/new");
        await tab.Page.GetByLabel("Name").FillAsync("Mail");
        await tab.Page.GetByLabel("Type").SelectOptionAsync("OAuth");
        await tab.Page.GetByLabel("Client id").FillAsync("client-1");
        await tab.Page.GetByLabel("Client secret").FillAsync(Value);
        await tab.Page.GetByLabel("Sign-in address").FillAsync("https://provider.example/authorize");
        await tab.Page.GetByLabel("Token address").FillAsync("https://provider.example/token");
        await tab.Page.GetByLabel("Scope").FillAsync("mail");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("has no usable value");
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        var stored = (await Owner.ReadAsync(HttpMethod.Get, "secret/list")).GetProperty("items")[0];
        var config = stored.GetProperty("config");
        Assert.Equal(
            ("oauth", "client-1", "https://provider.example/authorize", "https://provider.example/token", "mail"),
            (stored.GetProperty("type").GetString(), config.GetProperty("clientId").GetString(), config.GetProperty("authorizationUrl").GetString(),
                config.GetProperty("tokenUrl").GetString(), config.GetProperty("scope").GetString()));

        await tab.ClickAsync("Make a sign-in link");
        var link = await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Open the sign-in page" }).GetAttributeAsync("href");
        await tab.AssertAccessibleAsync();
        Assert.StartsWith(new Uri(Server.Address, "/oauth/authenticate?token=").AbsoluteUri, link, StringComparison.Ordinal);
        Assert.Equal(link, await tab.Page.GetByLabel("Sign-in link", new() { Exact = true }).InnerTextAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task OAuthSettings_AreChanged_AndTheClientSecretStays()
    {
        var id = (await Owner.ReadAsync(HttpMethod.Post, "secret/create", new
        {
            name = "Mail",
            type = "oauth",
            config = new { clientId = "client-1", clientSecret = Value, authorizationUrl = "https://provider.example/authorize", tokenUrl = "https://provider.example/token", scope = "mail", audience = "kept" },
        })).GetProperty("id").GetString();
        var before = await ConfigAsync();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/secrets/{id}");
        Assert.Equal(("client-1", ""), (await tab.Page.GetByLabel("Client id").InputValueAsync(), await tab.Page.GetByLabel("Client secret").InputValueAsync()));
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Token address").FillAsync("https://other.example/token");
        await tab.Page.GetByLabel("Scope").FillAsync("");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");

        var config = await ConfigAsync();
        Assert.Equal(
            ("client-1", "https://other.example/token", "kept", before.GetProperty("clientSecret").GetString()),
            (config.GetProperty("clientId").GetString(), config.GetProperty("tokenUrl").GetString(), config.GetProperty("audience").GetString(), config.GetProperty("clientSecret").GetString()));
        Assert.False(config.TryGetProperty("scope", out _));
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        tab.AssertNoProblems();

        async Task<System.Text.Json.JsonElement> ConfigAsync() => (await Owner.ReadAsync(HttpMethod.Get, $"secret/{id}/fetch")).GetProperty("config");
    }

    [Fact]
    public async Task Reference_UsesTheValueOfAnotherSecret()
    {
        var other = (await Owner.ReadAsync(HttpMethod.Post, "secret/create", new { name = "Key", type = "bearer", value = Value })).GetProperty("id").GetString()!;
        var tab = await SignedInAsync();
        await tab.GoAsync("/secrets/new");
        await tab.Page.GetByLabel("Name").FillAsync("Same key");
        await tab.Page.GetByLabel("Type").SelectOptionAsync("reference");
        await tab.Page.GetByLabel("Other secret").FillAsync(other);
        await tab.ClickAsync("Create");
        await tab.SeesAsync("can be used");
        Assert.Equal(other, await tab.Page.GetByLabel("Other secret").InputValueAsync());

        await tab.Page.GetByLabel("Type").SelectOptionAsync("plain");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("has no usable value");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task PersonalSecret_HasItsValuesWithTheContact()
    {
        var secret = (await Owner.ReadAsync(HttpMethod.Post, "secret/create", new { name = "Calendar", kind = "personal", type = "bearer" })).GetProperty("id").GetString()!;
        var contact = (await Owner.ReadAsync(HttpMethod.Post, "contact/ensure", new { fingerprint = "customer-0000-0001", name = "Ada" })).GetProperty("id").GetString()!;
        var tab = await SignedInAsync();
        await tab.GoAsync($"/contacts/{contact}");
        await tab.FollowAsync("Personal secrets of this contact");
        await tab.SeesAsync("none");
        await tab.ClickAsync("Make a sign-in link for Calendar");
        await tab.AssertAccessibleAsync();
        var link = await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Open the sign-in page" }).GetAttributeAsync("href");
        await GiveAsync(link!);

        await tab.GoAsync($"/contacts/{contact}/secrets");
        await tab.SeesAsync("given");
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        await tab.ClickAsync("Remove the value of Calendar");
        await tab.SeesAsync("The value is removed.");
        var state = await Owner.ReadAsync(HttpMethod.Post, $"contact/{contact}/secret/{secret}/verify", new { });
        Assert.Equal("unauthenticated", state.GetProperty("status").GetString());

        async Task GiveAsync(string address)
        {
            await tab.Page.GotoAsync(address);
            await tab.Page.Locator("input:not([type=hidden])").First.FillAsync(Value);
            await tab.Page.Locator("button").First.ClickAsync();
            await tab.Page.Locator("input:not([type=hidden])").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    [Fact]
    public async Task Form_ThatIsRefused_KeepsItsContent_ButNotTheValue()
    {
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync("/secrets/new");
        await tab.Page.GetByLabel("Name").FillAsync("Mine");
        await tab.Page.GetByLabel("Kind").SelectOptionAsync("personal");
        await tab.Page.GetByLabel("Value").FillAsync(Value);
        await tab.ClickAsync("Create");

        await tab.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal(("Mine", "personal", ""), (await tab.Page.GetByLabel("Name").InputValueAsync(), await tab.Page.GetByLabel("Kind").InputValueAsync(), await tab.Page.GetByLabel("Value").InputValueAsync()));
        Assert.DoesNotContain(Value, await tab.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, "secret/list")).GetProperty("items").EnumerateArray());
    }
}
