using System.Text.Json.Nodes;
using ChatBotKit.Cli.Commands;
using ChatBotKit.Cli.Operations;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

public sealed class ApiTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

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

    [Fact]
    public async Task Fields_BecomeTheBody()
    {
        var id = await CreateAsync("--name", "Support", "--meta", """{"app":"shop"}""", "--privacy", "true");

        var conversation = await FetchAsync(id);
        Assert.Equal(("Support", "shop", true), ((string?)conversation["name"], (string?)conversation["meta"]!["app"], (bool)conversation["privacy"]!));
    }

    [Fact]
    public async Task DottedFields_LeadIntoObjects()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync(
            "api", "conversation", "complete", "--limits.calls", "0", "--messages", """[{"type":"user","text":"Hello"}]"""));
        Assert.Contains("\"limits.calls\"", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_IsTakenWhole_AndChangedByOptions()
    {
        var id = await CreateAsync("--body", """{"name":"From the body","description":"kept"}""", "--name", "From the option");

        var conversation = await FetchAsync(id);
        Assert.Equal(("From the option", "kept"), ((string?)conversation["name"], (string?)conversation["description"]));
    }

    [Fact]
    public async Task Body_IsReadFromStandardInput()
    {
        _terminal.In = new StringReader("""{"name":"Piped"}""");

        Assert.Equal("Piped", (string?)(await FetchAsync(await CreateAsync("--body", "-")))["name"]);
    }

    [Fact]
    public async Task Body_IsReadFromAFile()
    {
        var file = Path.Combine(_terminal.Home, "body.json");
        await File.WriteAllTextAsync(file, """{"name":"Filed"}""", TestContext.Current.CancellationToken);

        Assert.Equal("Filed", (string?)(await FetchAsync(await CreateAsync("--body", "@" + file)))["name"]);
    }

    [Theory]
    [InlineData("--meta", "{")]
    [InlineData("--body", "[]")]
    [InlineData("--body", "@missing-file.json")]
    public async Task Value_ThatIsNoJson_IsAMistakeOfUsage(string option, string value)
    {
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("api", "conversation", "create", option, value));
        Assert.StartsWith("error:", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_InAPipe_IsThePageAsJson()
    {
        await CreateAsync("--name", "One");

        await _terminal.RunAsync("api", "conversation", "list", "--take", "1");

        Assert.Single(JsonNode.Parse(_terminal.Out)!["items"]!.AsArray());
    }

    [Fact]
    public async Task List_AsLines_HasALinePerItem()
    {
        await CreateAsync("--name", "One");
        await CreateAsync("--name", "Two");

        await _terminal.RunAsync("api", "conversation", "list", "--jsonl", "--order", "asc");

        Assert.Equal(
            ["One", "Two"], _terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["name"]));
    }

    [Fact]
    public async Task List_AsTable_HasNamesAndValues()
    {
        await CreateAsync("--name", "[bold]One");

        await _terminal.RunAsync("api", "conversation", "list", "--table");

        Assert.Contains("createdAt", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains("[bold]One", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetaInTheQuery_NarrowsTheList()
    {
        await CreateAsync("--name", "One", "--meta", """{"app":"a"}""");
        await CreateAsync("--name", "Two", "--meta", """{"app":"b"}""");

        await _terminal.RunAsync("api", "conversation", "list", "--jsonl", "--meta", """{"app":"b"}""");

        Assert.Equal("Two", (string?)JsonNode.Parse(_terminal.Out)!["name"]);
    }

    [Fact]
    public async Task Run_AsLines_ShowsItsEvents()
    {
        var id = await CreateAsync("--backstory", "We open at nine.");

        await _terminal.RunAsync("api", "conversation", "complete", id, "--text", "When do you open?", "--jsonl");

        var types = _terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["type"]).ToList();
        Assert.Contains("token", types);
        Assert.Equal("result", types[^1]);
    }

    [Fact]
    public async Task TwoFormsOfAnOperation_AreToldApartByTheId()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync(
            "api", "conversation", "complete", "--backstory", "We open at nine.", "--messages", """[{"type":"user","text":"When do you open?"}]"""));
        Assert.Contains("nine", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_GoesToTheErrorStreamWithItsCode()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("api", "conversation", "fetch", "missing"));
        Assert.Contains("NOT_FOUND", _terminal.Error, StringComparison.Ordinal);
        Assert.Empty(_terminal.Out);
    }

    [Theory]
    [InlineData("api", "conversation", "fly")]
    [InlineData("api", "conversation", "fetch")]
    [InlineData("api", "conversation", "list", "--json", "--table")]
    [InlineData("fly")]
    public async Task CommandLine_ThatMakesNoSense_IsAMistakeOfUsage(params string[] args)
    {
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync(args));
        Assert.Empty(_terminal.Out);
    }

    [Fact]
    public void EveryOperation_HasACommand()
    {
        var operations = OperationTable.Read();
        Assert.True(operations.Count >= 335, $"{operations.Count} operations");
        var root = Cli.Build(["api"], _terminal.Surroundings, new Connection(_terminal.Surroundings));
        foreach (var operation in operations)
        {
            var parsed = root.Parse(["api", .. operation.Words, .. operation.Parameters]);

            Assert.Empty(parsed.Errors);
            var command = Assert.IsType<OperationCommand>(parsed.CommandResult.Command);
            command.ShowWholeDescription();
            Assert.Contains($"{operation.Verb} {operation.Path}", command.Description!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("pwsh")]
    public async Task Completion_PrintsAScript(string shell)
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("completion", shell));
        Assert.Contains("[suggest:", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggestions_KnowTheOperations()
    {
        await _terminal.RunAsync("[suggest:21]", "cbk api conversation ");

        Assert.Contains("complete", _terminal.Out.Split('\n').Select(line => line.Trim()));
    }

    [Fact]
    public async Task Help_OfAnOperation_SaysWhatItDoesAndWhatItsFieldsMean()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "create", "--help"));
        var help = _terminal.Out;

        var words = OperationTable.Read().Single(operation => operation.Name == "createConversation");
        Assert.Contains(words.Summary!, help, StringComparison.Ordinal);
        var backstory = words.Fields.Single(field => field.Name == "backstory");
        Assert.True(backstory.Description!.Length > 10);
        Assert.Contains(backstory.Description, help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfAGroup_SaysWhatItsCommandsDo()
    {
        await _terminal.RunAsync("api", "conversation", "--help");

        Assert.All(
            _terminal.Out.Split("Commands:")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => Assert.True(line.Split(' ').Length > 3, line));
    }

    [Theory]
    [InlineData("See cbk api conversation --help.", "api", "conversation", "fly")]
    [InlineData("See cbk api conversation fetch --help.", "api", "conversation", "fetch")]
    [InlineData("See cbk session revoke --help.", "session", "revoke")]
    [InlineData("See cbk api conversation create --help.", "api", "conversation", "create", "--meta", "{")]
    [InlineData("See cbk --help.", "fly")]
    public async Task MistakeOfUsage_NamesTheCommandWhoseHelpIsMeant(string expected, params string[] args)
    {
        await _terminal.RunAsync(args);

        Assert.EndsWith(expected, _terminal.Error.TrimEnd(), StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(params string[] options)
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync(["api", "conversation", "create", .. options]));
        return (string)JsonNode.Parse(_terminal.Out)!["id"]!;
    }

    private async Task<JsonNode> FetchAsync(string id)
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "fetch", id));
        return JsonNode.Parse(_terminal.Out)!;
    }
}
