using System.Text;
using System.Text.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Tests.RunLog;

public sealed class EventEncoderTests
{
    [Fact]
    public void Token_OfEachCharacter_IsWhatWasSaid()
    {
        // All Latin characters and their punctuation, and a character of two UTF-16 units.
        var characters = Enumerable.Range(0, 0x2100).Select(code => ((char)code).ToString()).Append("😀");
        foreach (var text in characters.SelectMany(one => new[] { one, "a" + one + "b" }))
        {
            using var line = JsonDocument.Parse(Encode(text));
            Assert.Equal(text, line.RootElement.GetProperty("data").GetProperty("token").GetString());
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" word", " word")]
    [InlineData("<b>&'+~", "<b>&'+~")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("Zürich", "Zürich")]
    public void Token_IsEscapedNoMoreThanItMust(string text, string written) =>
        Assert.Equal($$"""{"type":"token","data":{"type":"bot","token":"{{written}}"},"createdAt":1,"id":2}""" + "\n", Encode(text));

    private static string Encode(string text)
    {
        var encoder = new EventEncoder(numbered: true);
        encoder.WriteToken("token"u8, text, createdAt: 1, id: 2);
        return Encoding.UTF8.GetString(encoder.Take().Span);
    }
}
