using PhoneNumbers;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Finds phone numbers. A number with a country code must be one that its country has. A number without one needs a reason to be taken for
/// a phone number: a word before it, or the form in which people write such numbers.
/// </summary>
/// <param name="regions">The countries whose numbers are known without a country code.</param>
internal sealed class PhoneNumbers(IReadOnlyList<string> regions)
{
    /// <summary>The length up to which a number after a word such as "phone" needs no country to be known.</summary>
    private const int MinNamedDigits = 6;

    private const int MaxTries = 6;

    private readonly Lazy<PhoneNumberUtil> _numbers = new(PhoneNumberUtil.GetInstance);

    /// <param name="text">The text.</param>
    /// <param name="from">The number can't begin before this index.</param>
    /// <param name="at">The index of its first digit.</param>
    /// <param name="budget">How many numbers may be checked.</param>
    public PersonalData? Find(ReadOnlySpan<char> text, int from, int at, PhoneBudget budget)
    {
        Span<int> ends = stackalloc int[PhoneCandidate.MaxGroups];
        if (PhoneCandidate.Read(text, from, at, ends) is not { } candidate)
            return null;
        // The number may be followed by another one, such as a time, so each of the last groups may be its end.
        for (var tries = 0; tries < MaxTries && candidate.Groups > 0; tries++, candidate = candidate.Shorter(text, ends))
        {
            if (candidate.Digits < MinNamedDigits)
                return null;
            var end = ends[candidate.Groups - 1];
            if (candidate.Digits <= PhoneCandidate.MaxDigits && TextShape.EndsAlone(text, end) && IsPhone(text, candidate, end, budget))
                return new PersonalData(candidate.Begin, end, PersonalDataTypes.Phone);
        }

        return null;
    }

    private bool IsPhone(ReadOnlySpan<char> text, PhoneCandidate candidate, int end, PhoneBudget budget)
    {
        var number = text[candidate.Begin..end];
        if (number[0] == '+')
            return IsValid(number.ToString(), region: null, budget);
        if (PhoneCandidate.IsDate(number))
            return false;
        var context = ContextWords.Before(text, candidate.Begin);
        if (context == NumberContext.Phone)
            return true;
        if (number.StartsWith("00", StringComparison.Ordinal))
            return candidate.Digits >= 10 && context != NumberContext.Code && IsValid($"+{number[2..]}", region: null, budget);
        if (context == NumberContext.Code || !candidate.LooksNational(number))
            return false;
        var written = number.ToString();
        foreach (var region in regions)
        {
            if (IsValid(written, region, budget))
                return true;
        }

        return false;
    }

    private bool IsValid(string number, string? region, PhoneBudget budget)
    {
        // Without a check more is replaced than necessary. That is undone in the answer, and a leak would not be.
        if (!budget.Take())
            return true;
        try
        {
            return _numbers.Value.IsValidNumber(_numbers.Value.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}

/// <summary>
/// How many numbers of one text may be checked against the plans of countries. A check takes far longer than reading the number, so that
/// a text of nothing but such numbers would take seconds.
/// </summary>
internal sealed class PhoneBudget(int left)
{
    private const int Always = 200;
    private const int CharactersPerCheck = 100;

    private int _left = left;

    public static PhoneBudget For(int characters) => new(Always + (characters / CharactersPerCheck));

    public bool Take() => _left-- > 0;
}
