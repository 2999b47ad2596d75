using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests.Input;

/// <summary>A value that begins with <c>@</c> is read from a file, wherever text or JSON is accepted.</summary>
public sealed class TextValuesTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_terminal.Home, "text.txt");

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _terminal = Terminal.SignedInTo(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("--name", "name", "Shop")]
    [InlineData("--meta", "meta", """{"app":"shop"}""")]
    [InlineData("--body", "name", """{"name":"Shop"}""")]
    public async Task File_IsRead_ForTextAndJson(string option, string field, string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content, Token);

        var conversation = await CreateAsync(option, $"@{File}");

        Assert.Contains("shop", conversation[field]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--name", "@-", "name")]
    [InlineData("--backstory", "@-", "backstory")]
    public async Task StandardInput_IsRead(string option, string value, string field)
    {
        _terminal.In = new StringReader("from\nthe pipe");

        Assert.Equal("from\nthe pipe", (string?)(await CreateAsync(option, value))[field]);
    }

    [Fact]
    public async Task StandardInput_IsForOneValue()
    {
        _terminal.In = new StringReader("once");

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("api", "conversation", "create", "--name", "@-", "--backstory", "@-"));
        Assert.Contains("--backstory", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("--name", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoSigns_AreOne() => Assert.Equal("@home", (string?)(await CreateAsync("--name", "@@home"))["name"]);

    [Theory]
    [InlineData("--name")]
    [InlineData("--meta")]
    [InlineData("--body")]
    public async Task MissingFile_IsAMistakeOfUsage_ThatNamesIt(string option)
    {
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("api", "conversation", "create", option, "@missing.txt"));
        Assert.Contains($"{option}: there is no file \"missing.txt\"", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "@missing.txt")]
    [InlineData("chat", "--backstory", "@missing.txt")]
    [InlineData("chat", "--model", "@missing.txt")]
    [InlineData("session", "revoke", "--all", "--reason", "@missing.txt")]
    [InlineData("dataset", "import", ".", "--name", "@missing.txt")]
    public async Task MissingFile_IsAMistakeOfUsage_InEveryCommand(params string[] args)
    {
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync(args));
        Assert.Contains("\"missing.txt\"", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsNoText_IsAMistakeOfUsage()
    {
        await System.IO.File.WriteAllBytesAsync(File, [0xff, 0xd8, 0xff, 0xe0], Token);

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("api", "conversation", "create", "--name", $"@{File}"));
        Assert.Contains("UTF-8", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("api", "conversation", "create", "--name", $"@{_terminal.Home}"));
        Assert.Contains(_terminal.Home, _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api", "conversation", "create", "--botId", "@support")]
    [InlineData("api", "conversation", "fetch", "@support")]
    [InlineData("chat", "Hello", "--conversation", "@support")]
    public async Task Id_IsTakenAsItStands(params string[] args)
    {
        await _terminal.RunAsync(args);

        Assert.DoesNotContain("there is no file", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_MayBeAFile()
    {
        await System.IO.File.WriteAllTextAsync(File, "When do you open?", Token);

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat", $"@{File}", "--backstory", "We open at nine."));
        Assert.Contains("nine", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FieldThatIsAnObjectOrAText_TakesBoth()
    {
        await _terminal.RunAsync("api", "conversation", "session", "create", "c", "--contactId", "abc");
        await _terminal.RunAsync("api", "conversation", "create", "--contactId", "abc");

        Assert.DoesNotContain("takes JSON", _terminal.Error, StringComparison.Ordinal);
    }

    private async Task<JsonNode> CreateAsync(params string[] options)
    {
        Assert.True(ExitCodes.Success == await _terminal.RunAsync(["api", "conversation", "create", .. options]), _terminal.Error);
        var id = (string)JsonNode.Parse(_terminal.Out)!["id"]!;
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "fetch", id));
        return JsonNode.Parse(_terminal.Out)!;
    }
}
