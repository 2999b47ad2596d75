using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Tests.Security;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://shop.example:8443", true)]
    [InlineData("http://127.0.0.1:80080", false)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://xn--bcher-kva.example", true)]
    [InlineData("https://bücher.example", false)]
    [InlineData("https://Shop.example", false)]
    [InlineData("HTTPS://shop.example", false)]
    [InlineData("https://shop.example/", false)]
    [InlineData("https://shop.example/path", false)]
    [InlineData("https://shop.example?a", false)]
    [InlineData("https://shop.example#a", false)]
    [InlineData("https://user@shop.example", false)]
    [InlineData("https://shop.example:443", false)]
    [InlineData("http://shop.example:80", false)]
    [InlineData("https://*.example", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("shop.example", false)]
    [InlineData("ftp://shop.example", false)]
    [InlineData("https://", false)]
    [InlineData(" https://shop.example", false)]
    [InlineData("https://shop.example\r\n", false)]
    public void Origin_AsABrowserSendsIt_IsValid(string text, bool expected) => Assert.Equal(expected, WebOrigin.IsValid(text));
}
