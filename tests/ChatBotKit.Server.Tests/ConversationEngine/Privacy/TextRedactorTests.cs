using ChatBotKit.Server.ConversationEngine.Privacy;
using CsCheck;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class TextRedactorTests
{
    private readonly Pseudonyms _pseudonyms = new();
    private readonly TextRedactor _texts;

    public TextRedactorTests() => _texts = new TextRedactor(new PersonalDataFinder(["US"]), _pseudonyms);

    [Fact]
    public void Redact_TheSameValue_HasTheSamePlaceholderInAllTexts()
    {
        Assert.Equal("[EMAIL_1] and [EMAIL_2], again [EMAIL_1]", _texts.Redact("a@x.org and b@x.org, again a@x.org"));
        Assert.Equal("From [IP_1] to [EMAIL_2]", _texts.Redact("From 192.0.2.1 to b@x.org"));
        Assert.Equal("a@x.org", _pseudonyms.ValueOf("[EMAIL_1]"));
    }

    [Fact]
    public void Redact_NothingToReplace_IsTheSameString()
    {
        const string Text = "Nothing [here], 12 of 13.";

        Assert.Same(Text, _texts.Redact(Text));
        Assert.True(_pseudonyms.IsEmpty);
    }

    [Fact]
    public void Redact_APlaceholderOfTheUser_IsReplacedItself()
    {
        Assert.Equal("[EMAIL_1], [TEXT_1]", _texts.Redact("a@x.org, [EMAIL_1]"));
        Assert.Equal("a@x.org, [EMAIL_1]", PlaceholderRestorer.Restore("[EMAIL_1], [TEXT_1]", _pseudonyms));
    }

    [Fact]
    public void Redact_AValueThatWasRecognizedByItsContext_IsReplacedWhereItHasNone()
    {
        Assert.Equal("555123 is it", _texts.Redact("555123 is it"));

        Assert.Equal("Tel. [PHONE_1]", _texts.Redact("Tel. 555123"));

        Assert.Equal("[PHONE_1] is it", _texts.Redact("555123 is it"));
        Assert.Equal("1555123 is not", _texts.Redact("1555123 is not"));
    }

    [Fact]
    public void Learn_AName_IsReplacedAsAWholeWord()
    {
        Learn("I am Ann Lee.", 5, 12, "name");
        Learn("Ann", 0, 3, "name");

        Assert.Equal("[NAME_1] and [NAME_2], not Annual: [NAME_2]'s", _texts.Redact("Ann Lee and Ann, not Annual: Ann's"));
    }

    [Fact]
    public void Learn_AValueWithinAWord_IsReplacedEverywhere()
    {
        Learn("xAnnx", 1, 4, "Person");

        Assert.Equal("[PERSON_1]ual", _texts.Redact("Annual"));
    }

    [Fact]
    public void Learn_ANameInAScriptWithoutSpaces_IsFoundBetweenOtherCharacters()
    {
        Learn("田中", 0, 2, "name");

        Assert.Equal("私は[NAME_1]です", _texts.Redact("私は田中です"));
    }

    [Fact]
    public void Learn_ValuesWithTheSameBeginning_AreToldApart()
    {
        foreach (var name in new[] { "Ann Lee", "Ann", "Ann Leeds", "An", "Bo" })
            Learn(name, 0, name.Length, "name");

        Assert.Equal("[NAME_1], [NAME_2], [NAME_3], [NAME_4], [NAME_5] and [NAME_2] Lea", _texts.Redact("Ann Lee, Ann, Ann Leeds, An, Bo and Ann Lea"));
    }

    [Fact]
    public void Find_AnyValues_FindsTheLongestOneAtEachPlace()
    {
        var word = Gen.OneOf("a", "b", "ab", "😀", "\uffff").Array[1, 6].Select(string.Concat);
        Gen.Select(word.Array[1, 12], word.Array[0, 8].Select(string.Concat)).Sample((values, text) =>
        {
            var known = new KnownValues();
            foreach (var value in values)
                known.Add($"x{value}x", new PersonalData(1, value.Length + 1, PersonalDataTypes.Name));
            var found = new List<PersonalData>();

            known.Find(text, found);

            var expected = new List<(int, int)>();
            for (var at = 0; at < text.Length;)
            {
                var length = values.Where(value => string.CompareOrdinal(text, at, value, 0, value.Length) == 0).Max(value => (int?)value.Length) ?? 0;
                if (length > 0)
                    expected.Add((at, at + length));
                at += Math.Max(length, 1);
            }

            Assert.Equal(expected, found.Select(one => (one.Begin, one.End)));
        }, threads: 1);
    }

    [Fact]
    public void Learn_DataThatOverlaps_IsReplacedAsOne()
    {
        Learn("Mail jane@x.org", 0, 9, "note");

        Assert.Equal("[NOTE_2]!", _texts.Redact("Mail jane@x.org!"));
        Assert.Equal("Mail jane@x.org", _pseudonyms.ValueOf("[NOTE_2]"));
    }

    /// <summary>Whatever the text is, its values come back.</summary>
    [Fact]
    public void Redact_AnyText_IsRestored()
    {
        string[] pieces =
        [
            "a@x.org", "b@y.org", "[", "]", "[EMAIL_1]", "[EMAIL_", "_1]", "[TEXT_1]", "4111111111111111", "192.0.2.1", " ", ",", "1", "é", "😀",
            "+49 30 901820", "GB29NWBK60161331926819", "Ann", "@", ".", "::", "+", "tel ",
        ];
        Learn("Ann", 0, 3, "name");
        Gen.Int[0, pieces.Length - 1].Array[0, 30].Sample(places =>
        {
            var text = string.Concat(places.Select(place => pieces[place]));
            Assert.Equal(text, PlaceholderRestorer.Restore(_texts.Redact(text), _pseudonyms));
        }, iter: 3_000, threads: 1);
    }

    private void Learn(string text, int begin, int end, string type) => _texts.Learn(text, new PersonalData(begin, end, type));
}
