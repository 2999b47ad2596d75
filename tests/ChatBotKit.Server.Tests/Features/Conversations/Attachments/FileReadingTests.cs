using System.Text;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Tests.Features;

public sealed class FileReadingTests
{
    private const string Said = "Grüße 🦊\r\nund mehr";
    private const string Read = "Grüße 🦊\nund mehr";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Text_WithAMark_IsReadInItsEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var content = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Said)], "application/octet-stream");

        Assert.Equal((Read, false), (content.Text, content.IsCut));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Text_CutAnywhere_EndsWithAWholeCharacter(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(new string('x', 20) + string.Concat(Enumerable.Repeat("ü🦊", 20)))];
        for (var max = 60; max < 80; max++)
        {
            var content = await ReadAsync(bytes, "text/plain", max);

            Assert.True(content.IsCut);
            Assert.DoesNotContain('\uFFFD', content.Text!);
            Assert.False(char.IsHighSurrogate(content.Text![^1]));
        }
    }

    [Theory]
    [InlineData(new byte[] { (byte)'G', (byte)'r', 0xFC, 0xDF, (byte)'e' }, "text/plain", "Grüße")]
    [InlineData(new byte[] { (byte)'G', (byte)'r', 0xFC, 0xDF, (byte)'e' }, "application/octet-stream", null)]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' }, "text/plain", null)]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0, 0, 0 }, "application/zip", null)]
    [InlineData(new byte[] { }, "text/plain", "")]
    public async Task Bytes_AreATextOrNot(byte[] bytes, string type, string? text) =>
        Assert.Equal(text, (await ReadAsync(bytes, type)).Text);

    [Theory]
    [InlineData("%PDF-1.4 text", "text/plain")]
    [InlineData("{\\rtf1 text}", "text/rtf")]
    public async Task Document_ThatLooksLikeText_IsNone(string bytes, string type) =>
        Assert.Null((await ReadAsync(Encoding.UTF8.GetBytes(bytes), type)).Text);

    [Theory]
    [InlineData("89504E470D0A1A0A00", "image/png")]
    [InlineData("FFD8FFE000", "image/jpeg")]
    [InlineData("47494638396100", "image/gif")]
    [InlineData("52494646000000005745425056", "image/webp")]
    [InlineData("3C7376673E", null)]
    public async Task Picture_IsKnownByItsBytes(string hex, string? type) =>
        Assert.Equal(type, (await ReadAsync(Convert.FromHexString(hex), "image/bmp")).Picture?.MediaType);

    [Fact]
    public async Task Picture_TooLarge_IsNamedOnly()
    {
        var bytes = new byte[FileReading.MaxPictureBytes + 1];
        Convert.FromHexString("89504E470D0A1A0A").CopyTo(bytes, 0);

        var content = await ReadAsync(bytes, "image/png");

        Assert.Null(content.Picture);
        Assert.Contains("4 MB).] Its content can't be shown", content.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_ForPictures_EndsWithTheBytesOfTheSetting()
    {
        var room = new PromptRoom(new AttachmentOptions { PromptImageBytes = 10 });
        var picture = new AttachmentContent("a.png", "image/png", 6) { Picture = ("image/png", new byte[6]) };

        Assert.NotNull(room.Fit(picture).Picture);
        Assert.Null(room.Fit(picture).Picture);
    }

    [Fact]
    public void Name_StaysInItsQuotes() =>
        Assert.Equal("[Attached file \"a  b .txt\" (text/plain, 1.5 KB).]", new AttachmentContent("a\"\nb\".txt", "text/plain", 1536).Label);

    private static async Task<AttachmentContent> ReadAsync(byte[] bytes, string type, int max = 100_000)
    {
        using var file = new MemoryStream(bytes);
        return await FileReading.ReadAsync(
            file, new AttachmentContent("a", type, bytes.Length), max, TestContext.Current.CancellationToken);
    }
}
