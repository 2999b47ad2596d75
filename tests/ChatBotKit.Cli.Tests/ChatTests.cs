using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.Cli.Tests;

public sealed class ChatTests : IAsyncLifetime
{
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        _terminal = Terminal.SignedInTo(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Question_IsAnsweredOnStandardOutput()
    {
        _model.Answer(script => script.Text("Nine ", "to five."));

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat", "When?"));
        Assert.Equal("Nine to five.", _terminal.Out.Trim());
    }

    [Fact]
    public async Task Pipe_IsAnsweredLineByLineInOneConversation()
    {
        _model.Answer(script => script.Text("One."));
        _model.Answer(script => script.Text("Two."));
        _terminal.In = new StringReader("first\n\nsecond\n");

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat"));
        Assert.Equal(["One.", "Two."], Lines());
        Assert.Equal(4, await MessagesOfTheOnlyConversationAsync());
    }

    [Fact]
    public async Task SlashCommands_DoWhatHelpSays()
    {
        var file = Path.Combine(_terminal.Home, "a.txt");
        await File.WriteAllTextAsync(file, "text", Token);
        _model.Answer(script => script.Text("Hello."));
        _terminal.In = new StringReader($"Hi\n/history\n/good\n/attach {file}\n/session\n/id\n/help\n/exit\nnever asked\n");

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat"));
        Assert.Contains("user: Hi", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains("bot: Hello.", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains(Lines(), line => line.Split('.').Length == 3);
        Assert.Contains("Added a.txt", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("/attach <file>", _terminal.Error, StringComparison.Ordinal);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task New_BeginsAnotherConversation()
    {
        _model.Answer(script => script.Text("One."));
        _model.Answer(script => script.Text("Two."));
        _terminal.In = new StringReader("first\n/id\n/new\nsecond\n/id\n");

        await _terminal.RunAsync("chat");

        Assert.NotEqual(Lines()[1], Lines()[3]);
    }

    [Fact]
    public async Task CtrlC_StopsTheAnswerAndKeepsTheTalk()
    {
        _model.Answer(script => script.Text("One ").Silence());
        _model.Answer(script => script.Text("Two."));
        var input = new GatedReader();
        _terminal.In = input;
        _terminal.IsInteractive = true;
        var talk = _terminal.RunAsync("chat");
        input.Type("first");
        await WaitAsync(() => _terminal.Out.Contains("One ", StringComparison.Ordinal));

        _terminal.Interrupt();
        await WaitAsync(() => _terminal.Error.Contains("[stopped]", StringComparison.Ordinal));
        input.Type("second");
        input.End();

        Assert.Equal(ExitCodes.Success, await talk.WaitAsync(TimeSpan.FromSeconds(120), Token));
        Assert.Contains("Two.", _terminal.Out, StringComparison.Ordinal);
        Assert.Equal(4, await MessagesOfTheOnlyConversationAsync());
    }

    [Fact]
    public async Task SecondCtrlC_WhileAnAnswerIsStopped_Leaves()
    {
        _model.Answer(script => script.Text("One ").Silence());
        var input = new GatedReader();
        _terminal.In = input;
        _terminal.IsInteractive = true;
        var talk = _terminal.RunAsync("chat");
        input.Type("first");
        await WaitAsync(() => _terminal.Out.Contains("One ", StringComparison.Ordinal));

        _terminal.Interrupt();
        _terminal.Interrupt();

        Assert.Equal(ExitCodes.Interrupted, await talk.WaitAsync(TimeSpan.FromSeconds(120), Token));
    }

    [Fact]
    public async Task CtrlC_AtThePrompt_Leaves_AlsoWhenTheInputNeverAnswers()
    {
        using var input = new SilentReader();
        _terminal.In = input;
        _terminal.IsInteractive = true;
        var talk = _terminal.RunAsync("chat");
        await WaitAsync(() => _terminal.Error.EndsWith("> ", StringComparison.Ordinal));

        _terminal.Interrupt();

        Assert.Equal(ExitCodes.Interrupted, await talk.WaitAsync(TimeSpan.FromSeconds(120), Token));
    }

    [Fact]
    public async Task CtrlC_WhileALoginWaits_Leaves()
    {
        using var input = new SilentReader();
        _terminal.SecretReader = input.ReadLine;
        _terminal.IsInteractive = true;
        var login = _terminal.RunAsync("login", "http://127.0.0.1:9");
        await WaitAsync(() => _terminal.Error.EndsWith(": ", StringComparison.Ordinal));

        _terminal.Interrupt();

        Assert.Equal(ExitCodes.Interrupted, await login.WaitAsync(TimeSpan.FromSeconds(120), Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WrongConversation_FailsAtOnce(bool isInteractive)
    {
        using var input = new SilentReader();
        _terminal.In = input;
        _terminal.IsInteractive = isInteractive;

        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("chat", "--conversation", "missing").WaitAsync(TimeSpan.FromSeconds(120), Token));
        Assert.Contains("NOT_FOUND", _terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("> ", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "no-such-model", ExitCodes.Failure)]
    [InlineData("--url", "http://127.0.0.1:9", ExitCodes.Failure)]
    [InlineData("--secret-file", "wrong", ExitCodes.NotAuthenticated)]
    public async Task WhatCanNeverBeAnswered_FailsBeforeThePrompt(string option, string value, int expected)
    {
        using var input = new SilentReader();
        _terminal.In = input;
        _terminal.IsInteractive = true;
        if (option == "--secret-file")
        {
            value = Path.Combine(_terminal.Home, value);
            await File.WriteAllTextAsync(value, "sk-of-somebody-else", Token);
        }

        Assert.Equal(expected, await _terminal.RunAsync("chat", option, value).WaitAsync(TimeSpan.FromSeconds(60), Token));
        Assert.Contains("tried: http://127.0.0.1:", _terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("> ", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionToken_IsEnoughToTalk()
    {
        _model.Answer(script => script.Text("Hello."));
        var id = await _server.AddConversationAsync();
        await _terminal.RunAsync("session", "mint", id, "--token-only", "--permission", "complete");
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = _terminal.Out.Trim();
        _terminal.In = new StringReader("Hi\n");

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat", "--conversation", id));
        Assert.Equal("Hello.", _terminal.Out.Trim());
    }

    [Theory]
    [InlineData(true, "a[2Jb")]
    [InlineData(false, "a\e[2Jb")]
    public async Task AnswerThatSteersTerminals_ReachesOnlyFiles(bool isInteractive, string expected)
    {
        _model.Answer(script => script.Text("a\e[2Jb"));
        _terminal.IsInteractive = isInteractive;

        await _terminal.RunAsync("chat", "Hi");

        Assert.Equal(expected, _terminal.Out.Trim());
    }

    [Fact]
    public async Task CallThatFails_EndsAScriptAndNotATalk()
    {
        _model.Answer(script => script.Fail(500, "broken"));
        _terminal.In = new StringReader("first\nsecond\n");
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("chat"));

        _model.Answer(script => script.Fail(500, "broken"));
        _model.Answer(script => script.Text("Two."));
        _terminal.In = new StringReader("first\nsecond\n");
        _terminal.IsInteractive = true;
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("chat"));
        Assert.Contains("Two.", _terminal.Out, StringComparison.Ordinal);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(120), "It did not happen.");
            await Task.Yield();
        }
    }

    private string[] Lines() => _terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<int> MessagesOfTheOnlyConversationAsync()
    {
        var api = new ChatBotKitApi(new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = _server.Address });
        var conversation = Assert.Single((await api.Conversation.ListAsync(cancellationToken: Token)).Items);
        return (await api.Conversation.Message.ListAsync(conversation.Id, cancellationToken: Token)).Items.Count;
    }
}
