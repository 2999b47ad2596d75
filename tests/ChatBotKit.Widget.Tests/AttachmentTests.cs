using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>Files that a visitor adds.</summary>
public sealed class AttachmentTests(ChromiumBrowser browser) : WidgetTest(browser)
{
    private static readonly FilePayload Notes = new() { Name = "notes.txt", MimeType = "text/plain", Buffer = "Roses"u8.ToArray() };

    [Fact]
    public async Task Files_Chosen_AreSentWithTheMessage_AndReportTheirProgress()
    {
        var tab = await OpenWithAsync("attachments=\"text/*, .png\"");

        await tab.Widget.Locator("input[type=file]").SetInputFilesAsync([Notes, Named("more.txt")]);
        await tab.Widget.Locator(".composer .chip").Nth(1).WaitForAsync();
        await tab.SayAsync("Read this");
        await tab.ReadsAsync("Good day.");

        Assert.Equal(["notes.txt", "more.txt"], await tab.Questions.Locator(".chip").AllTextContentsAsync());
        var states = await tab.Page.EvaluateAsync<string[]>("() => files");
        Assert.Equal("notes.txt sent 5", states.Last(state => state.StartsWith("notes", StringComparison.Ordinal)));
        Assert.Equal("more.txt sent 5", states[^1]);
        Assert.Contains(Model.Requests, request => request.Body.ToString().Contains("Roses", StringComparison.Ordinal));
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task Files_Refused_KeepTheOthers_AndSayWhy()
    {
        var tab = await OpenWithAsync("attachments=\"text/*\" max-bytes=\"1000\" max-files=\"2\"");

        await tab.Widget.Locator("input[type=file]").SetInputFilesAsync(
            [Named("large.txt", new byte[1001]), new() { Name = "x.exe", MimeType = "application/x-msdownload", Buffer = [1] }, Notes]);

        await tab.Notice.GetByText("large.txt is larger than 1 kB.").WaitForAsync();
        Assert.Contains("x.exe: This kind of file is not accepted.", await tab.Notice.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(["notes.txt"], await tab.Widget.Locator(".composer .chip").AllTextContentsAsync());
        await tab.Widget.Locator("input[type=file]").SetInputFilesAsync([Notes, Notes]);
        await tab.Notice.GetByText("You can add up to 2 files.").WaitForAsync();
        tab.AssertNoProblems();
    }

    [Theory]
    [InlineData("paste", "clipboardData", "textarea")]
    [InlineData("drop", "dataTransfer", ".panel")]
    public async Task Files_PastedOrDropped_AreAdded(string name, string property, string target)
    {
        var tab = await OpenWithAsync("attachments=\"text/*\"");

        await tab.EvaluateAsync<object>("""
            ([name, property, target]) => {
              const data = new DataTransfer()
              data.items.add(new File(['x'], 'notes.txt', { type: 'text/plain' }))
              const event = name === 'paste' ? new ClipboardEvent(name, { [property]: data, bubbles: true, cancelable: true }) : new DragEvent(name, { [property]: data, bubbles: true, cancelable: true })
              widget.querySelector(target).dispatchEvent(event)
              if (!event.defaultPrevented) throw new Error('The browser would open the file.')
            }
            """, name, property, target);

        await tab.Widget.Locator(".composer .chip").GetByText("notes.txt").WaitForAsync();
        Assert.Equal(1, await tab.Widget.Locator(".composer .chip").CountAsync());
        tab.AssertNoProblems();
    }

    [Fact]
    public async Task File_Cancelled_IsNotSent_AndTheMessageIs()
    {
        var tab = await OpenWithAsync("attachments=\"text/*\"");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.Page.RouteAsync("**/attachment/upload", async route =>
        {
            if (route.Request.Method != "OPTIONS")
                await held.Task;
            await route.ContinueAsync();
        });
        await tab.Widget.Locator("input[type=file]").SetInputFilesAsync([Notes]);
        await tab.Widget.Locator(".composer .chip").WaitForAsync();
        await tab.SayAsync("Read this");

        await tab.Widget.GetByRole(AriaRole.Button, new() { Name = "Cancel notes.txt" }).ClickAsync();

        await tab.ReadsAsync("Good day.");
        held.SetResult();
        Assert.Equal(0, await tab.Questions.Locator(".chip").CountAsync());
        Assert.Empty((await Site.OwnerAsync(HttpMethod.Get, "attachment/list")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task File_TooLargeForTheServer_IsNamed_AndTheMessageIsSent()
    {
        var tab = await OpenWithAsync("attachments=\"text/*\"");
        tab.ExpectsFailures = true;
        await tab.Page.RouteAsync("**/attachment/upload", route => route.Request.Method == "OPTIONS" ? route.ContinueAsync() : route.FulfillAsync(new()
        {
            Status = 413,
            Headers = new Dictionary<string, string> { ["access-control-allow-origin"] = "*" },
            Body = """{"code":"CONTENT_TOO_LARGE","message":"The file is too large"}""",
        }));
        await tab.Widget.Locator("input[type=file]").SetInputFilesAsync([Notes]);
        await tab.Widget.Locator(".composer .chip").WaitForAsync();
        await tab.SayAsync("Read this");

        await tab.Questions.GetByText("notes.txt is too large.").WaitForAsync();
        await tab.ReadsAsync("Good day.");
        tab.AssertNoProblems();
    }

    private static FilePayload Named(string name, byte[]? content = null) => new() { Name = name, MimeType = "text/plain", Buffer = content ?? "Roses"u8.ToArray() };

    private async Task<WidgetTab> OpenWithAsync(string attributes)
    {
        Site.Attributes = attributes;
        Site.Body += "<script>const files = []; document.addEventListener('cbk-attachment', ({ detail }) => files.push(`${detail.name} ${detail.state} ${detail.sent}`))</script>";
        var tab = await OpenChatAsync();
        await tab.WaitAsync("() => chat.state === 'ready'");
        return tab;
    }
}
