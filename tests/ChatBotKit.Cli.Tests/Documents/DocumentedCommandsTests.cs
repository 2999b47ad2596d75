using System.Text.RegularExpressions;
using ChatBotKit.Conventions.Tests;

namespace ChatBotKit.Cli.Tests.Documents;

/// <summary>Runs the commands in the documents, or finds the script that runs them.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string> PagesWithCommands() =>
        [.. DocumentPages.Blocks.Where(block => block.IsRun).Select(block => block.Page).Distinct()];

    [Fact]
    public void EveryBlock_IsRun_OrSaysWhyNot()
    {
        Assert.True(DocumentPages.Blocks.Count > 40, $"{DocumentPages.Blocks.Count} blocks");
        Assert.Empty(DocumentPages.Blocks.Where(block => !block.IsKnown).Select(block => $"{block} <!-- {block.Marker} -->"));
    }

    [Fact]
    public void BlockThatAScriptRuns_IsInTheScript()
    {
        var missing = from block in DocumentPages.Blocks
                      where block.Script is not null
                      let script = LinesOf(block.Script!)
                      from line in block.Lines
                      where !script.Any(other => Holds(other, line))
                      select $"{block}: {block.Script} does not hold: {line}";

        Assert.Empty(missing);
    }

    [Fact]
    public void BlockThatStartsTheServer_StartsIt() =>
        Assert.All(
            DocumentPages.Blocks.Where(block => block.IsServer),
            block => Assert.StartsWith("dotnet run --project src/ChatBotKit.Server", Assert.Single(block.Lines), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public async Task Commands_DoWhatThePageSays_AlsoTheSecondTime(string page)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands of the documents are written for bash.");
        var blocks = DocumentPages.Blocks.Where(block => block.Page == page).ToList();
        await using var shell = await DocumentShell.StartAsync(blocks);

        for (var time = 1; time <= 2; time++)
            AssertCodes(blocks, await shell.RunAsync());
    }

    [Fact]
    public void EveryMentionOfATool_CanBeParsed()
    {
        using var terminal = new Terminal();
        var commands = DocumentPages.All.SelectMany(page => InlineCommand().Matches(Repository.Read(page)).Select(match => (page, Command: match.Groups["command"].Value)))
            .Concat(DocumentPages.Blocks.SelectMany(block => block.Lines.Where(line => line.StartsWith("cbk ", StringComparison.Ordinal)).Select(line => (page: block.Page, Command: line[4..]))))
            .Where(found => !found.Command.Contains('…', StringComparison.Ordinal) && !found.Command.Contains('|', StringComparison.Ordinal)).ToList();
        var surroundings = terminal.Surroundings;

        var wrong = from found in commands
                    let arguments = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(found.Command).ToArray()
                    let parsed = Cli.Build(["api", .. arguments], surroundings, new Connection(surroundings)).Parse(arguments)
                    // A text may mention a command without its arguments.
                    let errors = parsed.Errors.Where(error => !error.Message.StartsWith("Required", StringComparison.Ordinal)
                        && !error.Message.Contains("Choose one of", StringComparison.Ordinal) && !error.Message.StartsWith("Name a", StringComparison.Ordinal)).ToList()
                    where errors.Count > 0
                    select $"{found.page}: cbk {found.Command}: {errors[0].Message}";

        Assert.True(commands.Count > 10, $"{commands.Count} mentions");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("dotnet test -c Release", "dotnet test", true)]
    [InlineData("dotnet build -c Release", "dotnet test", false)]
    [InlineData("dotnet testing", "dotnet test", false)]
    public void Script_HoldsACommand_WithAllItsWordsInOrder(string script, string command, bool expected) =>
        Assert.Equal(expected, Holds(script, command));

    /// <summary>Asserts that the output has exactly the error codes that the page announces.</summary>
    private static void AssertCodes(IEnumerable<CommandBlock> blocks, string output)
    {
        var announcements = Announced().Matches(string.Join('\n', blocks.Where(block => block.IsRun).Select(block => block.Commands)));
        var announced = announcements.Select(match => match.Groups["code"].Value).ToHashSet();
        var seen = Code().Matches(output).Select(match => match.Groups["code"].Value).ToHashSet();

        Assert.True(announced.SetEquals(seen), $"announced: {string.Join(", ", announced)}; seen: {string.Join(", ", seen)}\n{output}");
        Assert.Equal(StatusesOf(announcements), StatusesOf(FailedStatus().Matches(output)));
    }

    private static string StatusesOf(IEnumerable<Match> matches) =>
        string.Join(' ', matches.Select(match => match.Groups["status"].Value).Order(StringComparer.Ordinal));

    private static List<string> LinesOf(string script) =>
        [.. new[] { script, "tools/pack.sh", "tools/consume-packages.sh" }.SelectMany(path => new CommandBlock(path, 1, Repository.Read(path), "").Lines)];

    private static bool Holds(string script, string command)
    {
        var words = new Queue<string>(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.TryPeek(out var next) && next == word)
                words.Dequeue();
        }

        return words.Count == 0;
    }

    [GeneratedRegex(@"`cbk (?<command>[a-z][^`\n]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"\b(?<status>[45]\d\d) (?<code>[A-Z]+(_[A-Z]+)*)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Announced();

    [GeneratedRegex($@"^(?<status>[45]\d\d){DocumentShell.StatusMark}$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FailedStatus();

    [GeneratedRegex(@"""code"":\s*""(?<code>[A-Z_]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
