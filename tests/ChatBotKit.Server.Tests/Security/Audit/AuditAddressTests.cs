using System.Net;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Tests.Security;

public sealed class AuditAddressTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24", "203.0.113.77")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24", "203.0.113.77")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:2:3:4:5:6")]
    [InlineData("fe80::1%7", "fe80::/48", "fe80::1")]
    [InlineData("::1", "::/48", "::1")]
    public void Address_IsKept_AsTheSettingSays(string address, string network, string full)
    {
        var caller = IPAddress.Parse(address);

        Assert.Equal(network, AuditAddresses.Of(caller, AuditAddress.Short));
        Assert.Equal(full, AuditAddresses.Of(caller, AuditAddress.Full));
        Assert.Null(AuditAddresses.Of(caller, AuditAddress.None));
    }

    [Fact]
    public void Address_ThatIsNotKnown_IsNothing() => Assert.Null(AuditAddresses.Of(null, AuditAddress.Full));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("https://example.com:8443", "https://example.com:8443")]
    [InlineData("https://a\nb\r\u0000 ż", "https://a?b????")]
    public void Origin_IsKept_AsOneLineOfVisibleAscii(string? origin, string? kept) =>
        Assert.Equal(kept, AuditText.Origin(origin));

    [Fact]
    public void Origin_OfAnyLength_IsCut() =>
        Assert.Equal(AuditText.MaxOriginLength, AuditText.Origin("https://" + new string('a', 10_000))!.Length);

    [Theory]
    [InlineData(null, null)]
    [InlineData("the phone was lost, więc", "the phone was lost, więc")]
    [InlineData("two\nlines\tof it", "two lines of it")]
    public void Line_HasNoControlCharacters(string? text, string? line) => Assert.Equal(line, AuditText.Line(text));
}
