using ChatBotKit.Server.ConversationEngine;
using CsCheck;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Backstories with placeholders, with text that looks like one, and with values that contain one.</summary>
public sealed class PlaceholderFuzzTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf("${", "}", "$", "{", "${}", "${a}", "${CONTACT_NAME}", "${CONTACT_EMAIL}", "${NOBODY_KNOWS}", "${CONTACT_NAME", "${${CONTACT_NAME}}", "\n", "\ud800", "\0"),
        Gen.String[0, 10]);

    private static readonly Gen<string> Text = Piece.Array[0, 30].Select(parts => string.Concat(parts));

    /// <summary>A contact may have any name, but can't change the backstory with it.</summary>
    [Fact]
    public void Value_IsPutInAsItIs_AndNotExpandedItself() => Gen.Select(Text, Text, Text).Sample(
        (text, name, email) =>
        {
            var values = ContactPlaceholders.Of(name, email, phone: null, nick: null);

            Assert.Equal(Expected(text, values), Placeholders.Expand(text, Now, TimeZoneInfo.Utc, values));
        },
        iter: Math.Max(Check.Iter, 5_000));

    [Fact]
    public void Text_WithoutAKnownName_StaysAsItIs() => Text.Sample(
        text => Assert.Equal(text, Placeholders.Expand(text, Now, TimeZoneInfo.Utc, new Dictionary<string, string>())),
        iter: Math.Max(Check.Iter, 5_000));

    [Theory]
    [InlineData("${")]
    [InlineData("${A")]
    [InlineData("${CONTACT_NAME")]
    [InlineData("${CONTACT_NAME}")]
    public async Task HostileText_CostsInProportionToItsLength(string piece)
    {
        var values = ContactPlaceholders.Of("name", null, null, null);
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        // Quadratic work would take hours.
        await Task.Run(() => Placeholders.Expand(text, Now, TimeZoneInfo.Utc, values), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
    }

    /// <summary>Computes the expected result with a single pass from left to right.</summary>
    private static string Expected(string text, IReadOnlyDictionary<string, string> values)
    {
        var at = 0;
        var written = new System.Text.StringBuilder();
        while (at < text.Length)
        {
            if (values.FirstOrDefault(one => text.AsSpan(at).StartsWith($"${{{one.Key}}}")) is { Key: { } name } known)
            {
                written.Append(known.Value);
                at += name.Length + 3;
            }
            else
            {
                written.Append(text[at++]);
            }
        }

        return written.ToString();
    }
}
