using System.Buffers;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Finds e-mail addresses. Letters of all scripts are accepted on both sides of the @.</summary>
internal static class EmailAddresses
{
    /// <summary>The @ of an address within a URL.</summary>
    public const string EscapedSign = "%40";

    private const int MaxLocal = 64;
    private const int MaxDomain = 253;
    private const int MinTopLevel = 2;

    private static readonly SearchValues<char> LocalSigns = SearchValues.Create("!#$%&'*+-/=?^_`{|}~.");

    /// <param name="text">The text.</param>
    /// <param name="from">The address can't begin before this index.</param>
    /// <param name="at">The index of the @.</param>
    /// <param name="signLength">The number of characters of the @.</param>
    public static PersonalData? Find(ReadOnlySpan<char> text, int from, int at, int signLength)
    {
        var end = EndOfDomain(text, at + signLength);
        return end > 0 && StartOfLocal(text, from, at) is var start && start < at
            ? new PersonalData(start, end, PersonalDataTypes.Email)
            : null;
    }

    private static int StartOfLocal(ReadOnlySpan<char> text, int from, int at)
    {
        var start = at;
        var earliest = Math.Max(from, at - MaxLocal - 1);
        while (start > earliest && (char.IsLetterOrDigit(text[start - 1]) || LocalSigns.Contains(text[start - 1])))
            start--;
        if (at - start > MaxLocal)
            return at;
        // Signs at the beginning belong to the sentence or to the markup, such as a quote or the parameter of an address.
        while (start < at && !char.IsLetterOrDigit(text[start]) && text[start] != '_')
            start++;
        var assigned = text[start..at].LastIndexOfAny('=', '?', '/');
        return assigned >= 0 ? start + assigned + 1 : start;
    }

    /// <summary>Returns the index after the domain; 0 when there is none.</summary>
    private static int EndOfDomain(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var latest = Math.Min(text.Length, start + MaxDomain + 1);
        while (end < latest && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            end++;
        while (end > start && text[end - 1] is '.' or '-')
            end--;
        if (end - start > MaxDomain || end == start || text[start] is '.' or '-')
            return 0;
        var domain = text[start..end];
        var lastDot = domain.LastIndexOf('.');
        if (lastDot <= 0 || domain.IndexOf("..", StringComparison.Ordinal) >= 0)
            return 0;
        var topLevel = domain[(lastDot + 1)..];
        return topLevel.Length >= MinTopLevel && !HasDigit(topLevel) ? end : 0;
    }

    private static bool HasDigit(ReadOnlySpan<char> topLevel) =>
        topLevel.ContainsAnyInRange('0', '9') && !topLevel.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);
}
