using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Datasets.Retrieval;
using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Questions are saved with the record that must be found, and run again after a change.</summary>
public sealed class SavedQuestionTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    private const string Delivery = "Delivery costs 6 euros within the city.";

    [Fact]
    public async Task Question_GoesRed_WhenItsRecordIsGone_AndGreenWhenItIsBack()
    {
        var (tab, dataset, record) = await SaveAsync();
        await tab.ClickAsync("Run all");
        await tab.SeesAsync("1 of 1 found");
        await tab.Page.Locator("td .badge.good", new() { HasText = "found, rank 1" }).WaitForAsync();
        await tab.AssertAccessibleAsync();

        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/{record}/delete", new { });
        await tab.ClickAsync("Run all");
        await tab.SeesAsync("0 of 1 found");
        await tab.Page.Locator("td .badge.bad", new() { HasText = "not found" }).WaitForAsync();

        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", new { text = Delivery });
        await tab.ClickAsync("Run all");
        await tab.SeesAsync("1 of 1 found");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Settings_AreComparedSideBySide_AndNoneIsSaved()
    {
        var (tab, dataset, _) = await SaveAsync();
        var before = await FetchAsync(dataset);
        await tab.Page.GetByLabel("Other minimum score").FillAsync("0.95");
        await tab.ClickAsync("Run all");

        await tab.SeesAsync("1 of 1 found, with the other settings 0 of 1 found");
        Assert.Equal(["found, rank 1", "not found"], await tab.Page.Locator("td .badge").AllInnerTextsAsync());
        await tab.AssertAccessibleAsync();
        Assert.Equal(before.GetRawText(), (await FetchAsync(dataset)).GetRawText());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Questions_AreDataOfTheApi_BesideOtherMeta_AndAreRemoved()
    {
        var (tab, dataset, record) = await SaveAsync();
        var meta = (await FetchAsync(dataset)).GetProperty("meta");
        Assert.Equal("kept", meta.GetProperty("shop").GetString());
        var stored = Assert.Single(meta.GetProperty("searchQuestions").EnumerateArray());
        Assert.Equal(("delivery umbrella chair", record, Delivery), (stored.GetProperty("question").GetString(), stored.GetProperty("recordId").GetString(), stored.GetProperty("text").GetString()));

        await tab.ClickAsync("Remove the question delivery umbrella chair");
        await tab.SeesAsync("No saved questions yet");
        meta = (await FetchAsync(dataset)).GetProperty("meta");
        Assert.Equal("kept", meta.GetProperty("shop").GetString());
        Assert.Empty(meta.GetProperty("searchQuestions").EnumerateArray());
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("""{"searchQuestions":"none"}""")]
    [InlineData("""{"searchQuestions":[1,null,"x",[],{},{"question":5,"recordId":"r"},{"question":"","recordId":"r"},{"question":"q"}]}""")]
    [InlineData("{}")]
    public void Meta_OfAnotherForm_HasNoQuestions(string meta) =>
        Assert.Empty(SavedQuestions.Of(new DatasetItem { Id = "d", Store = "s", CreatedAt = default, UpdatedAt = default, Meta = JsonNode.Parse(meta)!.AsObject() }));

    /// <summary>Makes a dataset with two records, and saves a question for one of them.</summary>
    private async Task<(ConsoleTab Tab, string Dataset, string Record)> SaveAsync()
    {
        var dataset = (await Owner.ReadAsync(HttpMethod.Post, "dataset/create", new { name = "Shop", meta = new { shop = "kept" } })).GetProperty("id").GetString()!;
        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", new { text = "Roses last a week in a cool room." });
        var record = (await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", new { text = Delivery })).GetProperty("id").GetString()!;
        var tab = await SignedInAsync();
        await tab.GoAsync($"/datasets/{dataset}/test?q=delivery+umbrella+chair&score=0");
        await tab.Page.Locator(".hit", new() { HasText = Delivery }).GetByRole(AriaRole.Button).ClickAsync();
        await tab.SeesAsync("Saved.");
        return (tab, dataset, record);
    }

    private Task<JsonElement> FetchAsync(string dataset) => Owner.ReadAsync(HttpMethod.Get, $"dataset/{dataset}/fetch");
}
