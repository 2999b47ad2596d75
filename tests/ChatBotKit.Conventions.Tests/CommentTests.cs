using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// Checks the comments of the sources. They use the terms of the field and the verbs of .NET's documentation, so that a reader
/// understands each sentence at once.
/// </summary>
public sealed partial class CommentTests
{
    // Words that leave open who or what is meant, words of another century, and verbs with a meaning of their own.
    private static readonly string[] Riddles =
    [
        "anew", "for ever", "in vain", "patient", "patience", "mend", "mends", "mended", "is told", "are told", "was told", "told of", "hears of",
        "given up", "lets go", "let go", "letting go", "at hand", "under way", "on its way", "last words", "free data",
        "is good", "are good", "was good", "good until", "is over", "had its time", "none of that id", "of ours", "goes with its",
        "nobody who", "somebody who", "whoever", "somebody else", "those who", "who comes", "what comes",
        "what came", "what stands", "what lies", "it stands",
    ];

    private static readonly Regex Riddle = new($@"\b(?:{string.Join('|', Riddles)})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [Fact]
    public void NoComment_IsARiddle() => Problems.AssertNone(
        "comment with words that a stranger reads twice",
        from comment in Comments()
        let riddle = Riddle.Match(comment.Text)
        where riddle.Success
        select $"{comment.Place} says \"{riddle.Value}\": {comment.Text}");

    [Fact]
    public void NoComment_BeginsWithAnotherVerb_OrWithAClause() => Problems.AssertNone(
        "comment that does not begin with its subject or with a verb of .NET",
        from comment in Comments()
        where OtherBeginning().IsMatch(comment.Text)
        select $"{comment.Place}: {comment.Text}");

    /// <summary>Returns each element of a documentation comment, and each block of other comments, as one line of text.</summary>
    private static IEnumerable<(string Place, string Text)> Comments() =>
        from path in Repository.SourceFiles("src", "samples", "bench", "tools")
        let source = Repository.Read(path)
        from Match block in CommentBlock().Matches(source)
        from element in Element().Split(Marks().Replace(block.Value, " "))
        let text = Spaces().Replace(Tag().Replace(element, ""), " ").Trim()
        where text.Length > 0
        select ($"{path}({source.AsSpan(0, block.Index).Count('\n') + 1})", text);

    [GeneratedRegex(@"(^[ \t]*//[^\n]*\n)+", RegexOptions.Multiline)]
    private static partial Regex CommentBlock();

    [GeneratedRegex("^[ \t]*///?", RegexOptions.Multiline)]
    private static partial Regex Marks();

    [GeneratedRegex(@"</?(?:summary|remarks|param|typeparam|returns|exception|value|example|para)\b[^>]*>")]
    private static partial Regex Element();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(Says|Tells|Knows|Those|As many|Makes (a|an|it)|Gives (what|its)|What (was|came|comes|had|did|they|it|somebody)|Who (is|comes|asks|calls|waits)|Of (those|what))\b")]
    private static partial Regex OtherBeginning();
}
