using System.Text;
using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Bench.Privacy;

/// <summary>A text with the places of its personal data.</summary>
internal sealed record MarkedText(string Language, string Text, IReadOnlyList<PersonalData> Data);

/// <summary>A synthetic set of messages in 8 languages, always the same.</summary>
internal static class SyntheticSet
{
    public static IReadOnlyList<MarkedText> Create(int perLanguage)
    {
        var random = new Random(16);
        var values = new SampleValues(random);
        return
        [
            .. from language in Sentences.All
               from _ in Enumerable.Range(0, perLanguage)
               select Fill(language.Language, values.Pick(language.Templates), language.Regions, values),
        ];
    }

    private static MarkedText Fill(string language, string template, string[] regions, SampleValues values)
    {
        var (text, data) = (new StringBuilder(), new List<PersonalData>());
        var at = 0;
        while (template.IndexOf('{', at) is >= 0 and var open)
        {
            var close = template.IndexOf('}', open);
            text.Append(template, at, open - at);
            var slot = template[(open + 1)..close];
            var value = ValueOf(slot, language, regions, values);
            if (slot is "email" or "phone" or "iban" or "card" or "ip")
                data.Add(new PersonalData(text.Length, text.Length + value.Length, slot));
            text.Append(value);
            at = close + 1;
        }

        return new MarkedText(language, text.Append(template, at, template.Length - at).ToString(), data);
    }

    private static string ValueOf(string slot, string language, string[] regions, SampleValues values) => slot switch
    {
        "name" => values.Pick(Sentences.Names[language]),
        "email" => values.Email(),
        "phone" => values.Phone(regions),
        "iban" => values.Iban(),
        "card" => values.Card(),
        "ip" => values.Ip(),
        "ORDER" => values.Order(),
        "DATE" => values.Date(),
        "TIME" => values.Time(),
        "VERSION" => values.Version(),
        "HASH" => values.Hash(),
        "UUID" => values.Uuid(),
        "ISBN" => values.Isbn(),
        "AMOUNT" => values.Amount(),
        "MAC" => values.Mac(),
        "NUMBER" => values.Number(),
        _ => throw new ArgumentException($"There is no slot {slot}.", nameof(slot)),
    };
}
