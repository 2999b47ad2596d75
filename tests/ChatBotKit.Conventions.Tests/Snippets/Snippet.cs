using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>A block of C# on a page.</summary>
/// <param name="Line">The number of its first line of code, from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Given">Members that the block needs, from a comment <c>given: …</c> before it.</param>
/// <param name="IsCompiled">False when a comment <c>not compiled: the reason</c> precedes the block.</param>
internal sealed partial record Snippet(int Line, string Code, string Given, bool IsCompiled)
{
    public static IReadOnlyList<Snippet> Of(string markdown) =>
        [.. Block().Matches(markdown.ReplaceLineEndings("\n")).Select(match => From(markdown, match))];

    private static Snippet From(string markdown, Match match)
    {
        var code = match.Groups["code"];
        var note = match.Groups["note"].Value.Trim();
        return new Snippet(
            markdown.AsSpan(0, code.Index).Count('\n') + 1,
            code.Value,
            note.StartsWith("given:", StringComparison.Ordinal) ? note["given:".Length..] : "",
            !note.StartsWith("not compiled:", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?:^<!--(?<note>(?:(?!-->).)*)-->\s*\n)?^```csharp[^\n]*\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
