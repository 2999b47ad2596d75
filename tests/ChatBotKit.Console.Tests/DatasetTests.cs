using ChatBotKit.AdminConsole.Tests.Browser;
using ChatBotKit.Server.Tests;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.AdminConsole.Tests;

/// <summary>Files and records of a dataset, and the test of a search.</summary>
public sealed class DatasetTests(ChromiumBrowser browser) : ConsoleTest(browser)
{
    [Fact]
    public async Task File_IsUploaded_Imported_AndFound()
    {
        var (tab, dataset) = await OpenDatasetAsync();
        await ChooseAsync(tab, "hours.md", "# Opening hours\n\nThe shop is open from Monday to Friday from 9:00 to 18:00.");
        await tab.SeesAsync("Uploaded. The file is being imported.");
        await tab.Page.GetByText("imported", new() { Exact = true }).WaitForAsync();

        await tab.FollowAsync("Test");
        await tab.Page.GetByLabel("Question").FillAsync("When is the shop open?");
        await tab.ClickAsync("Test");

        await tab.SeesAsync("A bot gets 1 record");
        Assert.Contains("shop", await tab.Page.Locator("mark").AllInnerTextsAsync());
        Assert.NotEmpty((await Owner.ReadAsync(HttpMethod.Get, $"dataset/{dataset}/record/list")).GetProperty("items").EnumerateArray());
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("empty.txt", "", "empty.txt is empty.")]
    [InlineData("large.txt", null, "larger than")]
    public async Task File_ThatCannotBeTaken_SaysWhy(string name, string? content, string text)
    {
        var (tab, _) = await OpenDatasetAsync();
        tab.ExpectsFailures = true;
        await ChooseAsync(tab, name, content ?? new string('x', 21 * 1024 * 1024));
        await tab.SeesAsync(text);
        await tab.SeesAsync("No files yet.");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task File_ThatCannotBeRead_SaysWhy_AndCanBeTriedAgain()
    {
        var (tab, _) = await OpenDatasetAsync();
        await ChooseAsync(tab, "broken.pdf", "%PDF-1.7\nbroken", "application/pdf");
        await tab.Page.GetByText("failed", new() { Exact = true }).WaitForAsync();
        Assert.NotEqual("", await tab.Page.Locator("td .bad.small").InnerTextAsync());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try again broken.pdf" }).ClickAsync();
        await tab.SeesAsync("The file will be imported again.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove broken.pdf" }).ClickAsync();
        await tab.SeesAsync("No files yet.");
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Search_WithAThreshold_SaysWhatItDropped_AndSavesNothing()
    {
        var (tab, dataset) = await OpenDatasetAsync();
        await Owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", new { text = "Delivery costs 6 euros within the city." });
        await tab.GoAsync($"/datasets/{dataset}/test?q=delivery+umbrella+chair&score=0.95");
        await tab.SeesAsync("Nothing is found");
        await tab.SeesAsync("The minimum score of 0.95 or the limit of 3 records left out the next 1.");
        await tab.Page.GetByLabel("Minimum score").FillAsync("0");
        await tab.ClickAsync("Test");
        await tab.SeesAsync("A bot gets 1 record");
        var stored = await Owner.ReadAsync(HttpMethod.Get, $"dataset/{dataset}/fetch");
        Assert.False(stored.TryGetProperty("searchMinScore", out var score) && score.ValueKind == System.Text.Json.JsonValueKind.Number);
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Record_IsAdded_Changed_AndDeleted()
    {
        var (tab, dataset) = await OpenDatasetAsync();
        await tab.FollowAsync("Records");
        await tab.FollowAsync("New record");
        await tab.Page.GetByLabel("Text").FillAsync("Roses last a week.");
        await tab.Page.GetByLabel("Source").FillAsync("care.md");
        await tab.ClickAsync("Save");
        await tab.FollowAsync("Roses last a week.");
        await tab.Page.GetByLabel("Text").FillAsync("Roses last nine days.");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Saved.");
        await tab.FollowAsync("Roses last nine days.");
        await tab.ClickAsync("Delete the record");
        await tab.SeesAsync("No records yet");
        Assert.Empty((await Owner.ReadAsync(HttpMethod.Get, $"dataset/{dataset}/record/list")).GetProperty("items").EnumerateArray());
        tab.AssertNoProblems();
    }

    private async Task<(ConsoleTab Tab, string Dataset)> OpenDatasetAsync()
    {
        var tab = await SignedInAsync();
        await tab.FollowAsync("Datasets");
        await tab.Page.GetByLabel("New dataset").FillAsync("Shop");
        await tab.ClickAsync("Create");
        await tab.IsAtAsync("Shop");
        return (tab, new Uri(tab.Page.Url).Segments[^1]);
    }

    private static Task ChooseAsync(ConsoleTab tab, string name, string content, string type = "text/plain") =>
        tab.Page.GetByLabel("Drop a file here").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
}
