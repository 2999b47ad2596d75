using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class PersonalDataFinderTests
{
    private static readonly PersonalDataFinder Finder = new(["US", "GB", "DE", "FR", "ES", "IT", "PT", "PL", "NL", "BR", "MX", "IN"]);

    [Theory]
    [InlineData("email", "Write to jane.doe+shop@example.co.uk.", "jane.doe+shop@example.co.uk")]
    [InlineData("email", "<a href=\"mailto:o'neil@sub.example.org\">", "o'neil@sub.example.org")]
    [InlineData("email", "Пишите на имя@почта.рф, спасибо", "имя@почта.рф")]
    [InlineData("email", "https://example.com/?mail=a.b@c-d.de&x=1", "a.b@c-d.de")]
    [InlineData("email", "https://example.com/?mail=a.b%40c-d.de&x=1", "a.b%40c-d.de")]
    [InlineData("email", "50%40 of c-d.de", null)]
    [InlineData("email", "(4155552671@sms.example.com)", "4155552671@sms.example.com")]
    [InlineData("card", "Card 4111 1111 1111 1111, exp 12/27", "4111 1111 1111 1111")]
    [InlineData("card", "4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("card", "Visa 4111 1111 1111 1111 12 27", "4111 1111 1111 1111")]
    [InlineData("card", "amex: 378282246310005", "378282246310005")]
    [InlineData("card", "3782 822463 10005", "3782 822463 10005")]
    [InlineData("card", "5555555555554444.", "5555555555554444")]
    [InlineData("card", "2223003122003222", "2223003122003222")]
    [InlineData("card", "6011111111111117", "6011111111111117")]
    [InlineData("card", "3056930009020004", "3056930009020004")]
    [InlineData("card", "3530111333300000", "3530111333300000")]
    [InlineData("card", "6200000000000005", "6200000000000005")]
    [InlineData("iban", "IBAN DE89 3704 0044 0532 0130 00 bitte", "DE89 3704 0044 0532 0130 00")]
    [InlineData("iban", "GB29NWBK60161331926819", "GB29NWBK60161331926819")]
    [InlineData("iban", "fr14 2004 1010 0505 0001 3m02 606.", "fr14 2004 1010 0505 0001 3m02 606")]
    [InlineData("iban", "NO9386011117947", "NO9386011117947")]
    [InlineData("ip", "from 192.168.17.4:8080", "192.168.17.4")]
    [InlineData("ip", "http://10.1.2.3/x", "10.1.2.3")]
    [InlineData("ip", "My address is 203.0.113.9.", "203.0.113.9")]
    [InlineData("ip", "2001:db8::8a2e:370:7334 is v6", "2001:db8::8a2e:370:7334")]
    [InlineData("ip", "[fe80::1]/64", "fe80::1")]
    [InlineData("ip", "ip:2001:0db8:85a3:0000:0000:8a2e:0370:7334", "2001:0db8:85a3:0000:0000:8a2e:0370:7334")]
    [InlineData("ip", "::ffff:192.0.2.128", "::ffff:192.0.2.128")]
    [InlineData("phone", "+49 30 901820", "+49 30 901820")]
    [InlineData("phone", "O meu telemóvel é +4915123456068", "+4915123456068")]
    [InlineData("phone", "call +1 (415) 555-2671 now", "+1 (415) 555-2671")]
    [InlineData("phone", "(415) 555-2671", "(415) 555-2671")]
    [InlineData("phone", "415-555-2671", "415-555-2671")]
    [InlineData("phone", "Téléphone : 01 23 45 67 89", "01 23 45 67 89")]
    [InlineData("phone", "meine Nummer ist 0049 30 901820", "0049 30 901820")]
    [InlineData("phone", "030 90", null)]
    [InlineData("phone", "030 90182055", "030 90182055")]
    [InlineData("phone", "Tel. 901820", "901820")]
    [InlineData("phone", "телефон 8 912 345-67-89", "8 912 345-67-89")]
    [InlineData("phone", "tel:+442079460958", "+442079460958")]
    public void Find_OnePiece_GivesItsTypeAndPlace(string type, string text, string? expected)
    {
        var found = Find(text);

        if (expected is null)
            Assert.Empty(found);
        else
            Assert.Equal([(type, expected)], found.Select(one => (one.Type, text[one.Begin..one.End])));
    }

    [Theory]
    [InlineData("Order 4155552671 was sent on 17.05.2024 at 10:30.")]
    [InlineData("Your order number is 415-555-2671.")]
    [InlineData("2024-05-17 10:30:00, 2024-05-17T10:30:00Z, 05/17/2024")]
    [InlineData("Version 1.2.3.4 and v10.0.0.1, chapter 2.3.4.5")]
    [InlineData("1.3.6.1.4.1.311 and 300.1.2.3 and 1.02.3.4")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e 550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("4111 1111 1111 1112 and 1234567890123456 and 4111111111111111234567")]
    [InlineData("DE89370400440532013001 and XX89370400440532013000 and ADE89370400440532013000")]
    [InlineData("user@localhost, @mention, npm i left-pad@1.3.0, a@b@c")]
    [InlineData("std::vector<int> a::b, 12:30:45, 00:1a:2b:3c:4d:5e, x[10::20]")]
    [InlineData("pi is 3.14159265358979, 1,234,567.89 EUR, +5 %, 100+200")]
    [InlineData("SKU A-4155552671, INV-2024-000123, 978-3-16-148410-0")]
    [InlineData("Sendung 6555 0630 2744 1131, 5018 5221 1660 2094")]
    [InlineData("+1 23, +999 12345678, (2024) 12")]
    public void Find_LookAlikes_GivesNothing(string text) => Assert.Empty(Find(text).Select(one => $"{one.Type} {text[one.Begin..one.End]}"));

    [Fact]
    public void Find_ManyPieces_GivesThemInTheirOrderWithPlacesInUtf16()
    {
        const string Text = "😀 a@example.com, 192.0.2.1, 4111111111111111, GB29NWBK60161331926819, +49 30 901820 [EMAIL_1]";

        var found = Find(Text);

        Assert.Equal(["email", "ip", "card", "iban", "phone", "text"], found.Select(one => one.Type));
        Assert.Equal((3, 16), (found[0].Begin, found[0].End));
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Begin));
    }

    [Fact]
    public void Find_NumbersAfterEachOther_GivesAll()
    {
        const string Text = "415-555-2671 415-555-2672 (415) 555-2673";

        Assert.Equal([12, 25, 40], Find(Text).Select(one => one.End));
    }

    /// <summary>With more numbers than may be checked, those that can't be checked are taken for phone numbers.</summary>
    [Fact]
    public void Find_MoreNumbersThanTheBudget_TakesTheRestForPhones()
    {
        var text = string.Concat(Enumerable.Repeat("(999) 999-9999 ", 2_000));

        var found = Find(text, new PersonalDataFinder(["US"]));

        Assert.InRange(found.Count, 1, 1_999);
        Assert.Equal(text.Length - 1, found[^1].End);
    }

    private static List<PersonalData> Find(string text, PersonalDataFinder? finder = null)
    {
        var found = new List<PersonalData>();
        (finder ?? Finder).Find(text, found);
        return found;
    }
}
