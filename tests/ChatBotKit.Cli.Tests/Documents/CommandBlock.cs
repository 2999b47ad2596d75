using System.Text.RegularExpressions;

namespace ChatBotKit.Cli.Tests.Documents;

/// <summary>
/// A block of commands in a document. A comment before it may say why a test does not run it: <c>&lt;!-- needs: … --&gt;</c>,
/// <c>&lt;!-- run by: .ci/run --&gt;</c> or <c>&lt;!-- starts the server --&gt;</c>. A comment <c>&lt;!-- given: … --&gt;</c> sets
/// variables that the block needs.
/// </summary>
internal sealed partial record CommandBlock(string Page, int Line, string Commands, string Marker)
{
    private const string Needs = "needs: ";
    private const string RunBy = "run by: ";
    private const string StartsServer = "starts the server";
    private const string GivenMark = "given: ";

    /// <summary>Gets the reason why no test runs the block; null when one does.</summary>
    public string? Need => After(Needs);

    /// <summary>Gets the script that contains the commands of the block; null for none.</summary>
    public string? Script => After(RunBy);

    public string? Given => After(GivenMark);

    public bool IsServer => Marker == StartsServer;

    public bool IsRun => Marker.Length == 0 || Given is not null;

    public bool IsKnown => IsRun || IsServer || Need is { Length: > 0 } || Script is { Length: > 0 };

    /// <summary>Gets the commands without comments and line breaks.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. Commands.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').SelectMany(line => Comment().Replace(line, "").Split("&&"))
            .Select(line => line.Trim()).Where(line => line.Length > 0),
    ];

    public static IReadOnlyList<CommandBlock> Of(string page, string text) =>
    [
        .. Block().Matches(text).Select(match => new CommandBlock(
            page, text[..match.Index].Count(character => character == '\n') + 1, match.Groups["commands"].Value, match.Groups["marker"].Value.Trim())),
    ];

    public override string ToString() => $"{Page}({Line}): {(Lines.Count > 0 ? Lines[0] : "")}";

    private string? After(string mark) => Marker.StartsWith(mark, StringComparison.Ordinal) ? Marker[mark.Length..] : null;

    [GeneratedRegex(@"(?:^<!--(?<marker>[^\n]*)-->\n+)?^(?:```)(?:bash|sh|shell|console)[^\n]*\n(?<commands>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"(^|\s+)#\s.*$")]
    private static partial Regex Comment();
}
