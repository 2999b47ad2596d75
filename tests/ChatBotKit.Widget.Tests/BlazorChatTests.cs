using System.Diagnostics;
using ChatBotKit.Widget.Tests.Browser;

namespace ChatBotKit.Widget.Tests;

/// <summary>The page of the sample BlazorChat, which serves the widget as static web assets of the package.</summary>
public sealed class BlazorChatTests(ChromiumBrowser browser) : IAsyncLifetime
{
    private Process? _sample;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_sample is null)
            return;
        // The program ends with its input, and deletes its data.
        _sample.StandardInput.Close();
        await _sample.WaitForExitAsync(CancellationToken.None);
        _sample.Dispose();
    }

    [Fact]
    public async Task Visitor_Chats_AndComesBackAfterAReload()
    {
        var chromium = browser.Require();
        var address = await StartAsync();
        await using var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1100, Height = 800 } });
        var page = await context.NewPageAsync();
        List<string> problems = [];
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) => problems.AddRange(message.Type == "error" ? [message.Text] : []);

        await page.GotoAsync(address);
        var chat = page.Locator("chatbotkit-chat");
        await chat.GetByText("Ask us about flowers").WaitForAsync();
        await chat.GetByRole(AriaRole.Textbox).FillAsync("When do you open on Saturday");
        await chat.GetByRole(AriaRole.Textbox).PressAsync("Enter");
        await chat.Locator("li.bot").GetByText("9:00 to 14:00").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = GalleryTests.PathOf("blazor.png") });
        await page.ReloadAsync();
        await chat.Locator("li.bot").GetByText("9:00 to 14:00").WaitForAsync();

        Assert.Equal(1, await chat.Locator("li.user").CountAsync());
        Assert.Empty(problems);
    }

    /// <summary>Starts the program, and returns the address that it prints.</summary>
    private async Task<string> StartAsync()
    {
        var folder = Path.Combine(GalleryTests.Root, "samples", "BlazorChat", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "BlazorChat.dll"), "--urls", "http://127.0.0.1:0", "--until-input-ends"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        _sample = Process.Start(start)!;
        while (await _sample.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("Open ", StringComparison.Ordinal))
                return line["Open ".Length..];
        }

        throw new InvalidOperationException("The sample ended without an address.");
    }
}
