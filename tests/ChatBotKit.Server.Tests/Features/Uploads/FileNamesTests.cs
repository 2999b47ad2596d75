using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Tests.Features;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("photo.png", "image/png", "id1.png")]
    [InlineData("Photo.JPEG", "image/jpeg", "id1.jpeg")]
    [InlineData("notes.md", "text/plain", "id1.md")]
    [InlineData("main.c", "text/plain", "id1.c")]
    [InlineData("backup.tar.gz", "application/gzip", "id1.gz")]
    [InlineData("nine.abcdefghi", "image/png", "id1.abcdefghi")]
    [InlineData("ten.abcdefghij", "image/png", "id1.png")]
    [InlineData("odd.p ng", "image/png", "id1.png")]
    [InlineData("odd.päng", "image/png", "id1.png")]
    [InlineData("odd.%2e", "image/png", "id1.png")]
    [InlineData("end.", "image/png", "id1.png")]
    [InlineData("none", "IMAGE/PNG", "id1.png")]
    [InlineData("", "application/pdf", "id1.pdf")]
    [InlineData(null, "application/pdf", "id1.pdf")]
    [InlineData(null, "application/x-nobody-knows", "id1")]
    public void Name_IsTheIdWithTheExtensionThatTheFileCameWith_OrOneOfItsType(string? original, string type, string expected) =>
        Assert.Equal(expected, FileNames.NameOf("id1", original, type));

    [Theory]
    [InlineData("text/plain", ".txt")]
    [InlineData("text/html", ".html")]
    [InlineData("text/csv", ".csv")]
    [InlineData("image/jpeg", ".jpg")]
    [InlineData("image/png", ".png")]
    [InlineData("image/svg+xml", ".svg")]
    [InlineData("audio/mpeg", ".mp3")]
    [InlineData("video/mp4", ".mp4")]
    [InlineData("application/json", ".json")]
    [InlineData("application/zip", ".zip")]
    [InlineData("application/octet-stream", "")]
    public void Extension_OfAType_IsTheOneThatPeopleUse(string type, string expected) =>
        Assert.Equal($"id1{expected}", FileNames.NameOf("id1", null, type));

    [Theory]
    [InlineData("image/PNG", "a.pdf", "image/png")]
    [InlineData(" text/plain ; charset=utf-8", null, "text/plain")]
    [InlineData(null, "a.PDF", "application/pdf")]
    [InlineData("", "a.pdf", "application/pdf")]
    [InlineData("png", "a.pdf", "application/pdf")]
    [InlineData("a/b/c", "a.pdf", "application/pdf")]
    [InlineData("a/", "a.pdf", "application/pdf")]
    [InlineData("image/", "a.pdf", "application/pdf")]
    [InlineData("/ab", "a.pdf", "application/pdf")]
    [InlineData("text/pl ain", "a.pdf", "application/pdf")]
    [InlineData("text/pläin", "a.pdf", "application/pdf")]
    [InlineData("text/plain\r\nx", "a.pdf", "application/pdf")]
    [InlineData(null, "a.nobody-knows", "application/octet-stream")]
    [InlineData("png", null, "application/octet-stream")]
    public void Type_IsTheGivenOne_OrThatOfTheName_OrUnknown(string? given, string? original, string expected) =>
        Assert.Equal(expected, FileNames.TypeOf(given, original));

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void Type_ThatIsLong_IsNone(int length, bool isTaken)
    {
        var type = "x/".PadRight(length, 'x');

        Assert.Equal(isTaken ? type : FileNames.UnknownType, FileNames.TypeOf(type, null));
    }

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("  a b.txt ", "a b.txt")]
    [InlineData("../../a.txt", "a.txt")]
    [InlineData("C:\\papers\\a.txt", "a.txt")]
    [InlineData("/papers\\2026/a.txt", "a.txt")]
    [InlineData("papers/", null)]
    [InlineData(" ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void OriginalName_IsTheLastPartOfAPath(string? given, string? expected) =>
        Assert.Equal(expected, FileNames.OriginalOf(given));

    [Fact]
    public void OriginalName_ThatIsLong_KeepsItsEnd_WithoutHalfACharacter()
    {
        Assert.Equal(new string('x', 251) + ".txt", FileNames.OriginalOf(new string('x', 300) + ".txt"));
        Assert.Equal(new string('x', 254), FileNames.OriginalOf("a🐈" + new string('x', 254)));
    }
}
