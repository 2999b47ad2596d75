using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Tests.Json;

public sealed class EmailAddressesTests
{
    private const string Host = "@example.com";

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("Ada@Example.COM")]
    [InlineData("a@b")]
    [InlineData("ada.lovelace+bot@mail.example.com")]
    [InlineData("o'neil_{x}!#$%&*/=?^`|~-@example.com")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("ada@xn--e1afmkfd.xn--90ae")]
    public void Address_InAscii_IsTakenEverywhere(string email)
    {
        Assert.Null(FaultOf(email));
        Assert.Null(FaultOf(email, isAscii: true));
    }

    /// <summary>A header, by which a partner may name a user, can't hold them.</summary>
    [Theory]
    [InlineData("ада@пример.бг")]
    [InlineData("jörg@example.com")]
    [InlineData("ada@bücher.example")]
    [InlineData("\"ada l\"@example.com")]
    public void Address_BeyondVisibleAscii_IsTaken_UnlessAHeaderMustHoldIt(string email)
    {
        Assert.Null(FaultOf(email));
        Assert.Equal("\"email\" must be an e-mail address of visible ASCII characters", FaultOf(email, isAscii: true));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("@")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@@example.com")]
    [InlineData("ada@eve@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada@example.com,eve@example.com")]
    [InlineData("ada@example.com;eve@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada(comment)@example.com")]
    [InlineData("mailto:ada@example.com")]
    [InlineData("ada lovelace@example.com")]
    [InlineData(" ada@example.com")]
    [InlineData("ada@example.com ")]
    [InlineData("ada@example.com\n")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada\0@example.com")]
    [InlineData("ada\u00a0@example.com")]
    [InlineData("ada\u200b@example.com")]
    [InlineData("moc.elpmaxe@\u202eada")]
    [InlineData("\"a\tb\"@example.com")]
    public void Text_ThatIsNoSingleAddress_IsRefusedEverywhere(string email)
    {
        Assert.StartsWith("\"email\" must be an e-mail address, such as", FaultOf(email), StringComparison.Ordinal);
        Assert.StartsWith("\"email\" must be an e-mail address, such as", FaultOf(email, isAscii: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Address_WithHalfACharacter_IsRefused() => Assert.NotNull(FaultOf("ada" + (char)0xd83d + Host));

    [Theory]
    [InlineData(EmailAddresses.MaxLength, true)]
    [InlineData(EmailAddresses.MaxLength + 1, false)]
    public void Address_ThatNobodyCanDeliverTo_IsRefused(int length, bool isTaken) =>
        Assert.Equal(isTaken, FaultOf(new string('a', length - Host.Length) + Host) is null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void NoAddress_IsNoFault(string? email) => Assert.Null(FaultOf(email, isAscii: true));

    private static string? FaultOf(string? email, bool isAscii = false)
    {
        var faults = new Faults();
        faults.CheckEmail(email, isAscii: isAscii);
        return Record.Exception(faults.ThrowIfAny)?.Message;
    }
}
