using System.Buffers;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Finds personal data that has a form: e-mail addresses, phone numbers, IBANs, card numbers and IP addresses. The text is read once, and
/// the work for each character is bounded, so the time is linear in the length of the text, whatever the text is.
/// </summary>
/// <param name="phoneRegions">The countries whose phone numbers are known without a country code, as ISO 3166 codes.</param>
internal sealed class PersonalDataFinder(IReadOnlyList<string> phoneRegions)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789@%[:");

    // Made at the first use, so that a server without privacy does not load the library of phone numbers.
    private readonly Lazy<PhoneNumbers> _phones = new(() => new PhoneNumbers(phoneRegions));

    /// <summary>Adds what the text has, in its order and without overlaps.</summary>
    public void Find(ReadOnlySpan<char> text, List<PersonalData> found)
    {
        var budget = PhoneBudget.For(text.Length);
        // Everything before "from" is done; data that begins there was added.
        var (from, at) = (0, 0);
        while (text[at..].IndexOfAny(Signs) is >= 0 and var distance)
        {
            at += distance;
            if (At(text, from, at, budget) is { } one)
            {
                found.Add(one);
                from = at = one.End;
            }
            else
            {
                at = char.IsAsciiDigit(text[at]) ? TextShape.EndOfDigits(text, at) : at + 1;
            }
        }
    }

    private PersonalData? At(ReadOnlySpan<char> text, int from, int at, PhoneBudget budget) => text[at] switch
    {
        '@' => EmailAddresses.Find(text, from, at, signLength: 1),
        '%' => text[at..].StartsWith(EmailAddresses.EscapedSign, StringComparison.Ordinal)
            ? EmailAddresses.Find(text, from, at, EmailAddresses.EscapedSign.Length)
            : null,
        ':' => IpAddresses.FindV6(text, from, at),
        '[' => PlaceholderForm.Find(text, at),
        _ => IbanNumbers.Find(text, from, at)
            ?? IpAddresses.Find(text, from, at)
            ?? CardNumbers.Find(text, at)
            ?? _phones.Value.Find(text, from, at, budget),
    };
}
