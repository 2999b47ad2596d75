using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ContactRulesTests
{
    private const string Letters = "a.@\"\\<>()[],;: \t\r\n\0é\ud83d\ude00-_1";

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("ada.lovelace+bot@mail.example.com", true)]
    [InlineData("ада@пример.бг", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("ada", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@", false)]
    [InlineData("ada@example.com, eve@example.com", false)]
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("ada@example.com\n", false)]
    public void Email_IsOneAddressAndNothingElse(string? email, bool isTaken)
    {
        var faults = new Faults();
        faults.CheckEmail(email);
        Assert.Equal(isTaken, Record.Exception(faults.ThrowIfAny) is null);
    }

    /// <summary>Any text is accepted or refused, and never causes an error of the server.</summary>
    [Fact]
    public void EmailAndPhone_OfOddTexts_AreTakenOrRefused()
    {
        var random = new Random(1);
        for (var count = 0; count < 20_000; count++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Letters[random.Next(Letters.Length)])]);
            var faults = new Faults();
            faults.CheckEmail(text);
            faults.CheckPhone(text);
        }
    }
}
