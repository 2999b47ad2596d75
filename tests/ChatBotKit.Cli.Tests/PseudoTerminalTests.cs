using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.Cli.Tests;

/// <summary>The program in a real terminal, as a separate process.</summary>
public sealed class PseudoTerminalTests : IAsyncLifetime
{
    private const string CtrlC = "\u0003";
    private const string CtrlD = "\u0004";
    private const string Up = "\e[A";

    // The terminal shows what is typed until the program disables the echo.
    private const string TellsWhenNothingIsShown =
        "(n=0; until stty -a < /dev/tty | grep -q -- '-echo ' || [ $((n+=1)) -gt 10000 ]; do :; done; [ $n -le 10000 ] && echo keys are hidden) & ";

    private const string TellsTheEnd = "; echo rc=$?; stty -a";

    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private Dictionary<string, string?> _variables = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are made by script of util-linux.");
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        _variables = new Dictionary<string, string?>
        {
            ["CHATBOTKIT_URL"] = _server.Address.ToString(),
            ["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret,
            ["XDG_CONFIG_HOME"] = Path.Combine(Path.GetTempPath(), "no-such-directory-of-chatbotkit"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
    }

    [Fact]
    public async Task Login_InAHomeWithoutAConfigFolder_KeepsTheCredentialThere()
    {
        var home = Directory.CreateTempSubdirectory("chatbotkit-test-");
        _variables["HOME"] = home.FullName;
        _variables["XDG_CONFIG_HOME"] = null;
        var elsewhere = home.CreateSubdirectory("elsewhere");
        try
        {
            await using var terminal = Start($"cd {elsewhere.FullName}; echo $CHATBOTKIT_API_SECRET | \"$CBK\" login $CHATBOTKIT_URL{TellsTheEnd}");
            await terminal.EndAsync();

            Assert.True(File.Exists(Path.Combine(home.FullName, ".config", "chatbotkit", "credentials.json")), terminal.Shown);
            Assert.Empty(elsewhere.EnumerateFileSystemInfos());
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task NewToken_AtANarrowTerminal_StandsInOnePiece()
    {
        await using var terminal = Start($"\"$CBK\" token create narrow{TellsTheEnd}");

        Assert.Matches(@"\bsk-[0-9a-f]{64}\b", await terminal.EndAsync());
    }

    [Fact]
    public async Task CtrlC_AtThePrompt_Leaves_AndTheTerminalIsAsBefore()
    {
        await using var terminal = Start($"\"$CBK\" chat{TellsTheEnd}");
        await terminal.SeeAsync("> ");
        await terminal.TypeAsync("half a questi");
        await terminal.SeeAsync("half a questi");

        await terminal.TypeAsync(CtrlC);

        var shown = await terminal.EndAsync();
        Assert.Contains("rc=130", shown, StringComparison.Ordinal);
        Assert.Matches(@"(?<!-)\bicanon\b", shown);
        Assert.Matches(@"(?<!-)\becho\b", shown);
        Assert.Matches(@"(?<!-)\bisig\b", shown);
        Assert.Empty(_model.Requests);
    }

    [Fact]
    public async Task CtrlC_InAnAnswer_StopsTheAnswer_AndTheNextOneLeaves()
    {
        _model.Answer(script => script.Text("One ").Silence());
        _model.Answer(script => script.Text("Two."));
        await using var terminal = Start($"\"$CBK\" chat{TellsTheEnd}");
        await terminal.SeeAsync("> ");
        await terminal.TypeAsync("first\r");
        await terminal.SeeAsync("One ");

        await terminal.TypeAsync(CtrlC);
        await terminal.SeeAsync("> ", after: "[stopped]");
        await terminal.TypeAsync("second\r");
        await terminal.SeeAsync("> ", after: "Two.");
        await terminal.TypeAsync(CtrlC);

        Assert.Contains("rc=130", await terminal.EndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_AreEdited_AndComeBack()
    {
        foreach (var answer in new[] { "One.", "Two.", "Three." })
            _model.Answer(script => script.Text(answer));
        await using var terminal = Start($"\"$CBK\" chat{TellsTheEnd}", columns: 20);
        await terminal.SeeAsync("> ");

        await terminal.TypeAsync("日本語で話す長い質問です\e[D\e[Dx\r");
        await terminal.SeeAsync("> ", after: "One.");
        await terminal.TypeAsync($"שלום 😀😀\u007f\r");
        await terminal.SeeAsync("> ", after: "Two.");
        await terminal.TypeAsync($"{Up}{Up}\r");
        await terminal.SeeAsync("> ", after: "Three.");
        await terminal.TypeAsync(CtrlD);

        Assert.Contains("rc=0", await terminal.EndAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ["日本語で話す長い質問xです", "שלום 😀", "日本語で話す長い質問xです"],
            _model.Requests.Select(request => request.Body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!));
    }

    [Fact]
    public async Task Secret_IsNotShown()
    {
        await using var terminal = Start($"{TellsWhenNothingIsShown}\"$CBK\" login \"$CHATBOTKIT_URL\"{TellsTheEnd}");
        await terminal.SeeAsync("API token for");
        await terminal.SeeAsync("keys are hidden");

        await terminal.TypeAsync("sk-secret\r");

        // The server has refused the token, so the program has read the keys.
        var shown = await terminal.EndAsync();
        Assert.Contains("NOT_AUTHENTICATED", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", shown, StringComparison.Ordinal);
        Assert.Matches(@"(?<!-)\becho\b", shown);
    }

    [Fact]
    public async Task CtrlC_WhileASecretIsTyped_Leaves_AndTheTerminalIsAsBefore()
    {
        await using var terminal = Start($"\"$CBK\" login \"$CHATBOTKIT_URL\"{TellsTheEnd}");
        await terminal.SeeAsync("API token for");
        await terminal.TypeAsync("sk-secret");

        await terminal.TypeAsync(CtrlC);

        var shown = await terminal.EndAsync();
        Assert.Contains("rc=130", shown, StringComparison.Ordinal);
        Assert.Matches(@"(?<!-)\becho\b", shown);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=1 ", false)]
    [InlineData("TERM=dumb ", false)]
    public async Task Error_IsRed_WhereColoursAreWanted(string setting, bool isRed)
    {
        await using var terminal = Start($"{setting}\"$CBK\" api conversation fetch missing");

        var shown = await terminal.EndAsync();

        Assert.Contains("NOT_FOUND", shown, StringComparison.Ordinal);
        Assert.Equal(isRed, shown.Contains("\e[31m", StringComparison.Ordinal) || shown.Contains("\e[38;5;9m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RedirectedOutput_HasNeitherColoursNorTables()
    {
        await using var terminal = Start("\"$CBK\" api conversation create --name One >/dev/null; \"$CBK\" api conversation list | cat; \"$CBK\" api conversation fetch missing 2>&1 | cat");

        var shown = await terminal.EndAsync();

        Assert.Contains("\"items\"", shown, StringComparison.Ordinal);
        Assert.Contains("error: ", shown, StringComparison.Ordinal);
        Assert.DoesNotMatch("\e\\[[0-9;]*m", shown);
    }

    [Fact]
    public async Task Table_FitsTheTerminal_OrBecomesRecords()
    {
        await using var wide = Start("\"$CBK\" api conversation create --name 'A shop' >/dev/null; \"$CBK\" api conversation list", columns: 160);
        Assert.DoesNotContain("1 of 1", await wide.EndAsync(), StringComparison.Ordinal);
        Assert.Contains("createdAt", wide.Shown, StringComparison.Ordinal);

        await using var narrow = Start("\"$CBK\" api conversation list", columns: 30);
        Assert.Contains("1 of 1", await narrow.EndAsync(), StringComparison.Ordinal);
        Assert.Contains("name: A shop", narrow.Shown, StringComparison.Ordinal);
    }

    private PseudoTerminal Start(string commands, int columns = 80) => PseudoTerminal.Start(commands, columns, _variables);
}
