using System.Globalization;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>The form of placeholders: <c>[EMAIL_1]</c>. It has no bracket but the first and last character.</summary>
internal static class PlaceholderForm
{
    private const int MaxType = 16;
    private const int MaxDigits = 7;

    private const string OtherType = "DATA";

    public static string Of(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"[{Label(type)}_{number}]");

    /// <summary>Returns the word of a type in a placeholder. A type of another form than a short word has a common one.</summary>
    public static string Label(string type) =>
        type.Length is > 0 and <= MaxType && type.All(char.IsAsciiLetter) ? type.ToUpperInvariant() : OtherType;

    /// <summary>Returns the placeholder at an index; null when there is none.</summary>
    public static PersonalData? Find(ReadOnlySpan<char> text, int at)
    {
        var end = at + 1;
        while (end < text.Length && end - at <= MaxType && char.IsAsciiLetterUpper(text[end]))
            end++;
        if (end == at + 1 || end >= text.Length || text[end++] != '_')
            return null;
        var digits = end;
        end = TextShape.EndOfDigits(text, digits);
        return end - digits is > 0 and <= MaxDigits && end < text.Length && text[end] == ']'
            ? new PersonalData(at, end + 1, PersonalDataTypes.Placeholder)
            : null;
    }

    public static bool IsOne(string text) => text.Length > 0 && text[0] == '[' && Find(text, 0)?.End == text.Length;
}
