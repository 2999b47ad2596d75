using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Text that tries to run as script, in every name and every text that a page shows.</summary>
public sealed class HostileTextTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private static readonly string[] OfAttributes =
    [
        "\"><svg onload=hacked=1>", "' onmouseover='hacked=1", "</textarea><script>hacked=1</script>", "</title><script>hacked=1</script>",
        "<iframe srcdoc='<script>parent.hacked=1</script>'>", "</pre></details><img src=x onerror=hacked=1>",
    ];

    /// <summary>No name can have a null character.</summary>
    private static readonly string[] Attacks =
    [
        .. JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "hostile.json")))!
            .Where(attack => !attack.Contains('\0', StringComparison.Ordinal)),
        .. OfAttributes,
    ];

    private static readonly string All = string.Join('\n', Attacks);

    [Fact]
    public async Task EveryName_IsTextInEveryList()
    {
        foreach (var attack in Attacks)
        {
            var bot = await IdAsync("bot/create", new { name = attack, description = attack });
            await IdAsync("dataset/create", new { name = attack, description = attack });
            await IdAsync("skillset/create", new { name = attack, description = attack });
            await IdAsync("secret/create", new { name = attack, description = attack, kind = "personal" });
            await IdAsync("task/create", new { name = attack, botId = bot });
            await IdAsync("contact/create", new { name = attack });
            await IdAsync("blueprint/create", new { name = attack, description = attack });
            await IdAsync("conversation/create", new { name = attack, botId = bot });
            await IdAsync("integration/widget/create", new { name = attack, botId = bot });
            await IdAsync("integration/trigger/create", new { name = attack, botId = bot });
        }

        var tab = await SignedInAsync();
        foreach (var path in new[] { "/", "/bots", "/datasets", "/skillsets", "/secrets", "/tasks", "/contacts", "/conversations", "/integrations", "/blueprints", "/events", "/bots/new", "/tasks/new" })
        {
            await tab.GoAsync(path);
            await AssertInertAsync(tab);
            while (await tab.Page.Locator("a[rel=next]").CountAsync() > 0)
            {
                await tab.FollowAsync("Next page");
                await AssertInertAsync(tab);
            }
        }

        tab.AssertNoProblems();
    }

    [Fact]
    public async Task EveryText_IsTextOnItsPage()
    {
        Model.Answer(script => script.ToolCall("call-1", "getCart", JsonSerializer.Serialize(new { text = All }))).Answer(script => script.Text(All));
        var attack = OfAttributes[0];
        var dataset = await IdAsync("dataset/create", new { name = attack, description = attack });
        var record = await IdAsync($"dataset/{dataset}/record/create", new { text = All, source = attack });
        var file = await IdAsync("file/create", new { name = attack });
        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/file/{file}/attach", new { type = "source" });
        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/update", new { meta = new { searchQuestions = Attacks.Take(50).Select(one => new { question = one, recordId = record, text = one }) } });
        var skillset = await IdAsync("skillset/create", new { name = attack, description = All });
        var secret = await IdAsync("secret/create", new { name = attack, description = All });
        var ability = await IdAsync($"skillset/{skillset}/ability/create", new { name = attack, description = All, instruction = All, secretId = secret });
        var bot = await IdAsync("bot/create", new { name = attack, backstory = All, description = All, datasetId = dataset, model = "scripted" });
        var task = await IdAsync("task/create", new { name = attack, description = All, botId = bot });
        var contact = await IdAsync("contact/create", new { name = attack, description = All });
        await IdAsync("memory/create", new { contactId = contact, name = attack, text = All });
        var blueprint = await IdAsync("blueprint/create", new { name = attack, description = All });
        await IdAsync("bot/create", new { name = attack, blueprintId = blueprint });
        await IdAsync($"blueprint/{blueprint}/bulletin/create", new { text = attack });
        var widget = await IdAsync("integration/widget/create", new { name = attack, botId = bot, title = attack, intro = All, initial = All, placeholder = attack });
        var sitemap = await IdAsync("integration/sitemap/create", new { name = attack, url = attack, glob = All, selectors = attack });
        var conversation = await IdAsync("conversation/create", new { botId = bot, name = attack, contactId = contact });
        await Owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new
        {
            text = All,
            functions = new[] { new { name = "getCart", description = All, parameters = new { type = "object", properties = new { text = new { type = "string" } } }, result = new { data = All } } },
        });
        var run = (await Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString();

        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        foreach (var path in new[]
        {
            $"/datasets/{dataset}", $"/datasets/{dataset}/records", $"/datasets/{dataset}/records/{record}", $"/datasets/{dataset}/settings",
            $"/datasets/{dataset}/test?q={Uri.EscapeDataString(attack)}&score=0", $"/datasets/{dataset}/test/saved",
            $"/skillsets/{skillset}", $"/skillsets/{skillset}/abilities/{ability}", $"/secrets/{secret}", $"/tasks/{task}", $"/contacts/{contact}", $"/blueprints/{blueprint}",
            $"/bots/{bot}", $"/bots/{bot}/usage", $"/bots/{bot}/embed", $"/bots/{bot}/delete", "/usage", $"/integrations/sitemap/{sitemap}", $"/integrations/widget/{widget}", $"/integrations/widget/{widget}/embed",
            $"/integrations/widget/{widget}/delete", $"/conversations/{conversation}", $"/conversations/{conversation}/runs/{run}",
            $"/conversations?contact={Uri.EscapeDataString(attack)}", $"/conversations?text={Uri.EscapeDataString(attack)}&vote={Uri.EscapeDataString(attack)}&bot={Uri.EscapeDataString(attack)}", "/usage?days=1", $"/bots/{bot}/usage?days=1", $"/events?type={Uri.EscapeDataString(attack)}&bot={Uri.EscapeDataString(attack)}", $"/sessions?contact={Uri.EscapeDataString(attack)}", $"/bots?done={Uri.EscapeDataString(attack)}",
        })
        {
            await tab.GoAsync(path);
            await AssertInertAsync(tab);
        }

        await tab.GoAsync($"/conversations/{conversation}/runs/{run}");
        Assert.Contains("getCart", await tab.Page.Locator(".trace").InnerTextAsync(), StringComparison.Ordinal);
        tab.AssertNoProblems();
    }

    /// <summary>Checks that nothing ran, and that there is no element or attribute that no page of the console has.</summary>
    private static async Task AssertInertAsync(ConsoleTab tab)
    {
        Assert.False(await tab.Page.EvaluateAsync<bool>("() => 'hacked' in window"), tab.Page.Url);
        Assert.Equal("", await tab.Page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll('*')].flatMap((one) => [
              ...('IFRAME OBJECT EMBED VIDEO MATH TEMPLATE BASE STYLE X'.split(' ').includes(one.tagName.toUpperCase()) ? [one.tagName] : []),
              ...(one.tagName === 'SCRIPT' && !one.src.startsWith(location.origin) ? ['SCRIPT'] : []),
              ...(one.tagName === 'IMG' && !one.src.startsWith(location.origin + '/console/assets/') ? ['IMG'] : []),
              ...[...one.attributes].filter((each) => each.name.startsWith('on') || /^\s*(javascript|data|vbscript):/i.test(each.value) && ['href', 'src', 'action', 'srcdoc'].includes(each.name)).map((each) => each.name),
            ]).join(' ')
            """));
    }

    private async Task<string> IdAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
