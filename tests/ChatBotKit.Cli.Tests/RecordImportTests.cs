using System.Text;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

/// <summary><c>cbk dataset record import</c> against the server.</summary>
public sealed class RecordImportTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;
    private string _dataset = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _terminal = Terminal.SignedInTo(_server);
        Assert.Equal(0, await _terminal.RunAsync("api", "dataset", "create", "--name", "Manual", "--json"));
        _dataset = System.Text.Json.JsonElement.Parse(_terminal.Out).Id();
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("rows.csv", "text,source\nWash at 40 °C.,care.md\n")]
    [InlineData("rows.jsonl", """{"text":"Wash at 40 °C.","source":"care.md"}""")]
    public async Task File_IsImported_AndTheSecondTimeChangesNothing(string name, string rows)
    {
        var path = Path.Combine(_terminal.Home, name);
        await File.WriteAllTextAsync(path, rows, Token);

        Assert.Equal(0, await _terminal.RunAsync("dataset", "record", "import", _dataset, $"@{path}"));
        Assert.Equal("1 imported, 1 of them new or different, 0 failed.", _terminal.Out.Trim());
        Assert.Equal(0, await _terminal.RunAsync("dataset", "record", "import", _dataset, path));
        Assert.Equal("1 imported, 0 of them new or different, 0 failed.", _terminal.Out.Trim());
    }

    [Fact]
    public async Task BadRows_AreNamed_AndTheExitCodeTells()
    {
        _terminal.Input = () => new MemoryStream(Encoding.UTF8.GetBytes("{\"text\":\"a\"}\nbad\n"));

        Assert.Equal(1, await _terminal.RunAsync("dataset", "record", "import", _dataset, "@-"));

        Assert.Equal("Line 2: The line is not valid JSON", _terminal.Error.Trim());
        Assert.Equal("1 imported, 1 of them new or different, 1 failed.", _terminal.Out.Trim());
    }

    [Fact]
    public async Task MissingFile_IsAnErrorOfTheCommandLine()
    {
        Assert.Equal(2, await _terminal.RunAsync("dataset", "record", "import", _dataset, "@none.jsonl"));

        Assert.Contains("\"none.jsonl\" can't be read", _terminal.Error, StringComparison.Ordinal);
    }
}
