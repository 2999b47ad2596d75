using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>From an empty list to an ability that works, and the forms on the way.</summary>
public sealed class SkillsetTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task Ability_IsMade_AndRunOnce()
    {
        var secret = await MakeAsync("secret/create", new { name = "Key of the shop" });
        var tab = await SignedInAsync();
        await tab.FollowAsync("Skillsets");
        await tab.SeesAsync("No skillsets yet");
        await tab.FollowAsync("New skillset");
        await tab.Page.GetByLabel("Name").FillAsync("Numbers");
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Numbers");
        await tab.SeesAsync("No abilities yet");
        await tab.FollowAsync("New ability");
        await tab.Page.GetByLabel("Name").FillAsync("Sum");
        await tab.Page.GetByLabel("Description").FillAsync("Calculates");
        await tab.Page.GetByLabel("Instruction").FillAsync("@math/evaluate");
        await tab.Page.GetByLabel("Secret").SelectOptionAsync("Key of the shop");
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Sum");

        await RunAsync("""{"expression":"(3 + 4) * 6"}""");
        Assert.Equal("42", await tab.Page.GetByLabel("Result", new() { Exact = true }).InnerTextAsync());
        Assert.Equal("""{"expression":"(3 + 4) * 6"}""", await tab.Page.GetByLabel("Input").InputValueAsync());
        await tab.AssertAccessibleAsync();
        await RunAsync("""{"expression":"1/0"}""");
        Assert.Equal("The result is not a finite number.", await tab.Page.GetByLabel("Error", new() { Exact = true }).InnerTextAsync());
        await tab.AssertAccessibleAsync();

        var skillset = (await Owner.ReadAsync(HttpMethod.Get, "skillset/list")).GetProperty("items")[0].GetProperty("id").GetString();
        var ability = (await Owner.ReadAsync(HttpMethod.Get, $"skillset/{skillset}/ability/list")).GetProperty("items")[0];
        Assert.Equal(
            ("Sum", "Calculates", "@math/evaluate", secret, "enabled"),
            (ability.GetProperty("name").GetString(), ability.GetProperty("description").GetString(), ability.GetProperty("instruction").GetString(),
                ability.GetProperty("secretId").GetString(), ability.GetProperty("state").GetString()));
        tab.AssertNoProblems();

        async Task RunAsync(string input)
        {
            await tab.Page.GetByLabel("Input").FillAsync(input);
            await tab.ClickAsync("Run");
        }
    }

    [Fact]
    public async Task Run_ThatEndsInASignIn_LeadsBackToTheAbility()
    {
        var (skillset, ability) = await MakeAbilityAsync();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/skillsets/{skillset}/abilities/{ability}");
        await tab.ClickAsync("Run");
        await tab.Page.GetByLabel("Result", new() { Exact = true }).WaitForAsync();
        await tab.Context.ClearCookiesAsync(new() { Name = "cbk-console" });

        await tab.ClickAsync("Run");
        await tab.IsAtAsync("Sign in");
        await tab.Page.GetByLabel("API token").FillAsync(ServerFactory.OwnerSecret);
        await tab.ClickAsync("Sign in");

        await tab.IsAtAsync("Time");
        Assert.Equal(0, await tab.Page.GetByLabel("Result", new() { Exact = true }).CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Ability_IsChanged_SwitchedOff_AndDeleted()
    {
        var (skillset, ability) = await MakeAbilityAsync(await MakeAsync("secret/create", new { name = "Old key" }));
        var tab = await SignedInAsync();
        await tab.GoAsync($"/skillsets/{skillset}");
        await tab.FollowAsync("Time");
        await tab.Page.GetByLabel("Instruction").FillAsync("!time.now\ntimezone: Europe/Berlin");
        await tab.Page.GetByLabel("Secret").SelectOptionAsync("None");
        await tab.Page.GetByLabel("On: bots may use it").UncheckAsync();
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"skillset/{skillset}/ability/{ability}/fetch");
        Assert.Equal(
            ("!time.now\ntimezone: Europe/Berlin", null, "disabled"),
            (stored.GetProperty("instruction").GetString(), stored.GetProperty("secretId").GetString(), stored.GetProperty("state").GetString()));

        await tab.ClickAsync("Delete the ability");
        await tab.SeesAsync("No abilities yet");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"skillset/{skillset}/ability/{ability}/fetch");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Gallery_HasWhatTheServerOffers_AndBeginsAnAbility()
    {
        var skillset = await MakeAsync("skillset/create", new { name = "Shop" });
        var offered = (await Owner.ReadAsync(HttpMethod.Get, "platform/ability/list")).Items().Select(one => one.GetProperty("name").GetString()!).ToList();
        var tab = await SignedInAsync();
        await tab.GoAsync($"/skillsets/{skillset}");
        await tab.FollowAsync("Ability gallery");
        await tab.AssertAccessibleAsync();
        var shown = (await tab.Page.Locator(".grid h2").AllInnerTextsAsync()).ToList();
        Assert.Equal([.. offered.Take(24), "Call an address of yours"], shown);

        await tab.Page.GetByLabel("Find abilities").FillAsync("calculate a math expression");
        await tab.ClickAsync("Find");
        var evaluate = (await Owner.ReadAsync(HttpMethod.Get, "platform/ability/list")).Items().First(one => one.GetProperty("template").GetString() == "math/evaluate");
        await tab.FollowAsync($"Begin with it ({evaluate.GetProperty("name").GetString()})");
        Assert.Equal("@math/evaluate", await tab.Page.GetByLabel("Instruction").InputValueAsync());
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        await tab.Page.GetByLabel("Input").FillAsync("""{"expression":"2 * 3"}""");
        await tab.ClickAsync("Run");
        Assert.Equal("6", await tab.Page.GetByLabel("Result", new() { Exact = true }).InnerTextAsync());

        await tab.GoAsync($"/skillsets/{skillset}/gallery");
        await tab.FollowAsync("Begin with it (Call an address of yours)");
        await tab.ClickAsync("Create");
        await tab.SeesAsync("Created.");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Form_ThatIsRefused_KeepsItsContent_AndSaysWhy()
    {
        var (skillset, ability) = await MakeAbilityAsync();
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync($"/skillsets/{skillset}/abilities/{ability}");
        await tab.Page.GetByLabel("Instruction").FillAsync("half written");
        await tab.Page.GetByLabel("Secret").EvaluateAsync("(field) => { field.add(new Option('Gone', 'gone', true, true)) }");

        await tab.ClickAsync("Save");

        await tab.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("half written", await tab.Page.GetByLabel("Instruction").InputValueAsync());
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"skillset/{skillset}/ability/{ability}/fetch");
        Assert.Equal("!time.now", stored.GetProperty("instruction").GetString());
    }

    [Fact]
    public async Task Bot_LeadsToItsSkillset_WhoseSettingsAreChanged_UntilItIsDeleted()
    {
        var skillset = await MakeAsync("skillset/create", new { name = "Shop", description = "Of the shop" });
        var bot = await MakeAsync("bot/create", new { name = "Clerk", skillsetId = skillset });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/bots/{bot}");
        await tab.FollowAsync("Abilities of the skillset");
        await tab.IsAtAsync("Shop");
        await tab.Page.GetByLabel("Name").FillAsync("Garden");
        await tab.Page.GetByLabel("Description").FillAsync("");
        await tab.ClickAsync("Save");
        await tab.IsAtAsync("Garden");
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"skillset/{skillset}/fetch");
        Assert.Equal(("Garden", ""), (stored.GetProperty("name").GetString(), stored.GetProperty("description").GetString()));

        await tab.ClickAsync("Delete the skillset");
        await tab.SeesAsync("No skillsets yet");
        await Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"skillset/{skillset}/fetch");
        tab.AssertNoProblems();
    }

    private async Task<(string Skillset, string Ability)> MakeAbilityAsync(string? secret = null)
    {
        var skillset = await MakeAsync("skillset/create", new { name = "Shop" });
        return (skillset, await MakeAsync($"skillset/{skillset}/ability/create", new { name = "Time", description = "Tells the time", instruction = "!time.now", secretId = secret }));
    }

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
