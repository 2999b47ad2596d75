using ChatBotKit.Server.ConversationEngine.Privacy;
using CsCheck;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class PlaceholderRestorerTests
{
    private static readonly string[] Pieces =
        ["[EMAIL_1]", "[EMAIL_2]", "[EMAIL_12]", "[NAME_1]", "[EMAIL_3]", "[", "[[", "]", "[EM", "[EMAIL_1", "_1]", "Hi ", "a", "1", "\n", "é"];

    private readonly Pseudonyms _pseudonyms = new();

    public PlaceholderRestorerTests()
    {
        for (var i = 1; i <= 2; i++)
            _pseudonyms.Of($"u{i}@x.org", "email");
        _pseudonyms.Adopt("[EMAIL_12]", "twelve@x.org");
        _pseudonyms.Of("Ann [1]", "name");
    }

    [Theory]
    [InlineData("Hello", "Hello", "")]
    [InlineData("[", "", "[")]
    [InlineData("see [EMAIL_1", "see ", "[EMAIL_1")]
    [InlineData("see [EMAIL_3", "see [EMAIL_3", "")]
    [InlineData("see [X", "see [X", "")]
    [InlineData("[EMAIL_1]", "u1@x.org", "")]
    [InlineData("[EMAIL_1].", "u1@x.org.", "")]
    [InlineData("[[EMAIL_2] [", "[u2@x.org ", "[")]
    [InlineData("[PHONE_1]", "[PHONE_1]", "")]
    [InlineData("a]", "a]", "")]
    public void Add_OnePiece_HoldsBackTheBeginningOfAPlaceholderAlone(string piece, string shown, string held)
    {
        var restorer = new PlaceholderRestorer(_pseudonyms);

        Assert.Equal((shown, held), (restorer.Add(piece), restorer.End()));
    }

    [Fact]
    public void Add_WithoutPlaceholders_GivesTheSameString()
    {
        var piece = new string('[', 3);

        Assert.Same(piece, new PlaceholderRestorer(new Pseudonyms()).Add(piece));
    }

    /// <summary>Wherever the text is cut, the same is shown, and what is held back is no more than the beginning of a placeholder.</summary>
    [Fact]
    public void Add_AnyCuts_ShowTheSameText()
    {
        var texts = Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(places => string.Concat(places.Select(place => Pieces[place])));
        Gen.Select(texts, Gen.Int[1, 6].Array[1, 20]).Sample((text, cuts) =>
        {
            var restorer = new PlaceholderRestorer(_pseudonyms);
            var (shown, at) = ("", 0);
            for (var i = 0; at < text.Length; i++)
            {
                var length = Math.Min(cuts[i % cuts.Length], text.Length - at);
                shown += restorer.Add(text.Substring(at, length));
                at += length;
                var held = PlaceholderRestorer.Restore(text[..at], _pseudonyms)[shown.Length..];
                Assert.True(held.Length == 0 || _pseudonyms.IsBeginning(held), held);
            }

            Assert.Equal(Whole(text), shown + restorer.End());
        }, iter: 5_000, threads: 1);
    }

    private static string Whole(string text) => text
        .Replace("[EMAIL_1]", "u1@x.org", StringComparison.Ordinal)
        .Replace("[EMAIL_2]", "u2@x.org", StringComparison.Ordinal)
        .Replace("[EMAIL_12]", "twelve@x.org", StringComparison.Ordinal)
        .Replace("[NAME_1]", "Ann [1]", StringComparison.Ordinal);
}
