namespace ChatBotKit.Server.Security;

/// <summary>Sanitizes a caller's text for an audit record, whose fields are lines of the text that is hashed.</summary>
internal static class AuditText
{
    /// <summary>The maximum length of an origin. It is more than a scheme, the longest host name and a port take.</summary>
    public const int MaxOriginLength = 300;

    /// <summary>Returns the visible ASCII characters of an origin, up to the maximum length. A browser's origin has no others.</summary>
    public static string? Origin(string? origin)
    {
        if (string.IsNullOrEmpty(origin))
            return null;
        var kept = origin.AsSpan(0, Math.Min(origin.Length, MaxOriginLength));
        return kept.ContainsAnyExceptInRange('!', '~') ? Replace(kept, '?', letter => letter is < '!' or > '~') : kept.ToString();
    }

    /// <summary>Returns the text on one line.</summary>
    public static string? Line(string? text) =>
        text is not null && text.Any(char.IsControl) ? Replace(text, ' ', char.IsControl) : text;

    private static string Replace(ReadOnlySpan<char> text, char by, Func<char, bool> isBad)
    {
        Span<char> result = new char[text.Length];
        for (var index = 0; index < text.Length; index++)
            result[index] = isBad(text[index]) ? by : text[index];
        return result.ToString();
    }
}
