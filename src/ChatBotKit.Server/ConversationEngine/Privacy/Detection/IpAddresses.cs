using System.Buffers;
using System.Net;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Finds IP addresses of both versions.</summary>
internal static class IpAddresses
{
    private const int MaxV6 = 45;

    private static readonly SearchValues<char> V6Signs = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <param name="text">The text.</param>
    /// <param name="from">The address can't begin before this index.</param>
    /// <param name="at">The index of a digit.</param>
    public static PersonalData? Find(ReadOnlySpan<char> text, int from, int at) => FindV4(text, at) ?? FindV6(text, from, at);

    /// <param name="text">The text.</param>
    /// <param name="from">The address can't begin before this index.</param>
    /// <param name="at">The index of a digit or colon.</param>
    public static PersonalData? FindV6(ReadOnlySpan<char> text, int from, int at)
    {
        var (start, end) = (at, at);
        while (start > from && at - start <= MaxV6 && V6Signs.Contains(text[start - 1]))
            start--;
        while (end < text.Length && end - start <= MaxV6 && V6Signs.Contains(text[end]))
            end++;
        if (end - start > MaxV6)
            return null;
        // A single sign at an end belongs to the sentence, but two colons to the address.
        while (end > start && (text[end - 1] == '.' || (text[end - 1] == ':' && !text[start..end].EndsWith("::", StringComparison.Ordinal))))
            end--;
        if (start < end && text[start] == ':' && !text[start..end].StartsWith("::", StringComparison.Ordinal))
            start++;
        var address = text[start..end];
        return IsV6(address) && TextShape.BeginsAlone(text, start) && MayEnd(text, end)
            ? new PersonalData(start, end, PersonalDataTypes.Ip)
            : null;
    }

    private static PersonalData? FindV4(ReadOnlySpan<char> text, int at)
    {
        if (!TextShape.BeginsAlone(text, at))
            return null;
        var end = at;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (end >= text.Length || text[end++] != '.'))
                return null;
            var start = end;
            end = TextShape.EndOfDigits(text, start);
            if (end - start is 0 or > 3 || (end - start > 1 && text[start] == '0') || int.Parse(text[start..end], provider: null) > 255)
                return null;
        }

        return MayEnd(text, end) && !ContextWords.PrecedeVersion(text, at) ? new PersonalData(at, end, PersonalDataTypes.Ip) : null;
    }

    /// <summary>Whether an address may end here. The port or the length of a network may follow, but no fifth part, and no word.</summary>
    private static bool MayEnd(ReadOnlySpan<char> text, int end) => TextShape.EndsAlone(text, end) || text[end] is ':' or '/';

    /// <summary>
    /// Whether the text is an address. The short form must begin like one in use, because pieces of programs such as <c>a::b</c> have this form too.
    /// </summary>
    private static bool IsV6(ReadOnlySpan<char> address)
    {
        if (address.Length < 3 || address.Count(':') < 2 || !address.ContainsAnyInRange('0', '9'))
            return false;
        var gap = address.IndexOf("::", StringComparison.Ordinal);
        if (gap >= 0 && !address.StartsWith("::ffff:", StringComparison.OrdinalIgnoreCase) && !address.SequenceEqual("::1")
            && (address.IndexOf(':') < 3 || gap + 2 == address.Length && address.Count(':') < 4))
            return false;
        return IPAddress.TryParse(address, out _);
    }
}
