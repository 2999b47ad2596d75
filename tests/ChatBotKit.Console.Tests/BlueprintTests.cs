using System.Text.Json;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Blueprints: made, imported, exported, cloned, deleted, and their notes.</summary>
public sealed class BlueprintTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const string Resources = """
        {"resources":{"dataset":[{"id":"docs","alias":"help","name":"Help pages"}],"bot":[{"name":"Support","datasetId":"docs","backstory":"Be brief."}]}}
        """;

    [Fact]
    public async Task Blueprint_IsMade_Filled_Cloned_AndDeletedWithItsResources()
    {
        var tab = await SignedInAsync();
        await tab.FollowAsync("Blueprints");
        await tab.SeesAsync("No blueprints yet");
        await tab.FollowAsync("New blueprint");
        await tab.Page.GetByLabel("Name").FillAsync("Help desk");
        await tab.Page.GetByLabel("Alias").FillAsync("desk");
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Help desk");
        await tab.SeesAsync("No resources yet");

        await ImportAsync(tab, Resources);
        await tab.SeesAsync("Imported.");
        await tab.SeesAsync("dataset (1)");
        await tab.AssertAccessibleAsync();
        await tab.FollowAsync("Support");
        await tab.IsAtAsync("Support");
        await tab.GoAsync("/blueprints");
        await tab.FollowAsync("Help desk");
        await tab.ClickAsync("Clone");
        await tab.SeesAsync("Cloned. This is the copy.");
        Assert.Equal(2, await CountAsync("bot"));

        await tab.Page.GetByLabel("Delete the resources too").CheckAsync();
        await tab.ClickAsync("Delete the blueprint");
        await tab.SeesAsync("Deleted.");
        Assert.Equal(1, await CountAsync("bot"));
        Assert.Equal(1, await CountAsync("blueprint"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Exports_AreFiles_OfWhichOneCanBeImported()
    {
        var blueprint = await MakeAsync("blueprint/create", new { name = "Help desk" });
        await Owner.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", JsonSerializer.Deserialize<JsonElement>(Resources));
        var other = await MakeAsync("blueprint/create", new { name = "Other" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/blueprints/{blueprint}");
        var terraform = await DownloadAsync(tab, "Export for Terraform");
        Assert.Contains("resource \"chatbotkit_bot\"", terraform, StringComparison.Ordinal);
        // The alias is taken by the first blueprint.
        var json = (await DownloadAsync(tab, "Export as JSON")).Replace("\"help\"", "\"help-2\"", StringComparison.Ordinal);

        await tab.GoAsync($"/blueprints/{other}");
        await ImportAsync(tab, json);
        await tab.SeesAsync("Imported.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Help pages" }).WaitForAsync();
        Assert.Equal(2, await CountAsync("dataset"));
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("not json", "The file is not JSON.")]
    [InlineData("""{"resources":{},"resources":{}}""", "The file is not JSON.")]
    [InlineData("[]", "The file is no export of a blueprint")]
    [InlineData("""{"resources":{"bot":[{"datasetId":"nowhere"},{"name":5}],"car":[{}]}}""", "unsupported_resource_category")]
    public async Task FileThatIsRefused_ChangesNothing_AndThePageSaysWhy(string content, string reason)
    {
        var blueprint = await MakeAsync("blueprint/create", new { name = "Help desk" });
        var tab = await SignedInAsync();
        tab.ExpectsFailures = true;
        await tab.GoAsync($"/blueprints/{blueprint}");
        await ImportAsync(tab, content);

        await tab.SeesAsync(reason);
        await tab.AssertAccessibleAsync();
        Assert.Equal(0, await CountAsync("bot"));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Settings_AndNotes_AreStored()
    {
        var blueprint = await MakeAsync("blueprint/create", new { name = "Help desk", alias = "desk" });
        var tab = await SignedInAsync();
        await tab.GoAsync($"/blueprints/{blueprint}");
        await tab.Page.GetByLabel("New note").FillAsync("The shop is <b>closed</b> today.");
        await tab.Page.GetByLabel("Kept for").SelectOptionAsync("an hour");
        await tab.ClickAsync("Write");
        await tab.SeesAsync("The shop is <b>closed</b> today.");
        var note = (await Owner.ReadAsync(HttpMethod.Get, $"blueprint/{blueprint}/bulletin/list")).GetProperty("items")[0];
        Assert.Equal(3_600_000, note.GetProperty("expiresAt").GetInt64() - note.GetProperty("createdAt").GetInt64());

        await tab.Page.GetByLabel("Alias").FillAsync("Not an alias");
        tab.ExpectsFailures = true;
        await tab.ClickAsync("Save");
        await tab.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("Not an alias", await tab.Page.GetByLabel("Alias").InputValueAsync());
        await tab.Page.GetByLabel("Alias").FillAsync("");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"blueprint/{blueprint}/fetch");
        Assert.True(!stored.TryGetProperty("alias", out var alias) || alias.ValueKind == JsonValueKind.Null);
        tab.AssertNoProblems();
    }

    private static async Task ImportAsync(ConsoleTab tab, string content)
    {
        await tab.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(
            new FilePayload { Name = "desk.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
        await tab.ClickAsync("Import");
    }

    private static async Task<string> DownloadAsync(ConsoleTab tab, string link)
    {
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.FollowAsync(link));
        return await File.ReadAllTextAsync(await download.PathAsync(), Token);
    }

    private async Task<int> CountAsync(string kind) => (await Owner.ReadAsync(HttpMethod.Get, $"{kind}/list")).GetProperty("items").GetArrayLength();

    private async Task<string> MakeAsync(string path, object body) => (await Owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
}
