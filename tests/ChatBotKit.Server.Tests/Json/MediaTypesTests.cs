using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Tests.Json;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("IMAGE/PNG", "image/png")]
    [InlineData("a/b", "a/b")]
    [InlineData("3gpp/x", "3gpp/x")]
    [InlineData(" text/plain ; charset=utf-8", "text/plain")]
    [InlineData("multipart/form-data; boundary=a/b", "multipart/form-data")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("x-conference/x_cooltalk!#$&^", "x-conference/x_cooltalk!#$&^")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData(";charset=utf-8", null)]
    public void MediaType_IsReadWithoutItsParameters(string? text, string? expected)
    {
        Assert.True(MediaTypes.TryRead(text, out var type));
        Assert.Equal(expected, type);
        MediaTypes.Require(text, "it");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ab")]
    [InlineData("image/")]
    [InlineData("image/;q=1")]
    [InlineData("png")]
    [InlineData("image//png")]
    [InlineData("image/png/x")]
    [InlineData("image/*")]
    [InlineData("*/*")]
    [InlineData("image /png")]
    [InlineData("image/ png")]
    [InlineData("image/png,image/gif")]
    [InlineData("text/pl ain")]
    [InlineData("text/pläin")]
    [InlineData("text/plain\r\nx")]
    [InlineData(".hidden/x")]
    [InlineData("x/-")]
    [InlineData("\"image\"/png")]
    [InlineData("<script>/x")]
    public void Text_ThatIsNoMediaType_IsRefused(string text)
    {
        var faults = new Faults();
        faults.CheckMediaType(text, "\"file.type\"");

        Assert.False(MediaTypes.TryRead(text, out _));
        Assert.Equal("\"file.type\" must be a media type such as image/png", Assert.Throws<ApiException>(faults.ThrowIfAny).Message);
        Assert.Equal(ErrorCode.BadRequest, Assert.Throws<ApiException>(() => MediaTypes.Require(text, "it")).Code);
    }

    [Theory]
    [InlineData(MediaTypes.MaxLength, true)]
    [InlineData(MediaTypes.MaxLength + 1, false)]
    public void MediaType_ThatIsLong_IsRefused(int length, bool isTaken) =>
        Assert.Equal(isTaken, MediaTypes.TryRead("x/".PadRight(length, 'x') + "; charset=utf-8", out _));
}
