using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ContactRulesTests
{
    private const string Letters = "a.@\"\\<>()[],;: \t\r\n\0é\ud83d\ude00-_1";

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
