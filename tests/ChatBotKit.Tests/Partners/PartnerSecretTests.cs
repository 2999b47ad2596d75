namespace ChatBotKit.Tests;

public sealed class PartnerSecretTests
{
    private const string Token = "sk-do-not-print";

    [Fact]
    public void Session_Printed_HidesTheToken()
    {
        var text = new PartnerUserSessionCreateResponse { Id = "s1", Token = Token, ExpiresAt = DateTimeOffset.UnixEpoch }.ToString();

        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.Contains("s1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_Printed_HidesTheToken()
    {
        var text = new PartnerUserTokenCreateResponse { Id = "k1", Token = Token, CreatedAt = DateTimeOffset.UnixEpoch }.ToString();

        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.Contains("k1", text, StringComparison.Ordinal);
    }
}
