using System.Globalization;
using System.Net.Mail;
using System.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>Validates e-mail addresses. The text must be a single address without a display name or a comment.</summary>
internal static class EmailAddresses
{
    /// <summary>The maximum length of an address to which mail can be delivered.</summary>
    public const int MaxLength = 254;

    /// <summary>Whether the text is an e-mail address. Letters of any script are allowed.</summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength && MailAddress.TryCreate(text, out var read) && read.Address == text && !text.EnumerateRunes().Any(IsUnseen);

    /// <summary>Adds a fault for an invalid address. Null and an empty text are accepted.</summary>
    /// <param name="faults">The faults of the request, to which this method adds.</param>
    /// <param name="text">The text.</param>
    /// <param name="field">The name of the field in the body.</param>
    /// <param name="isAscii">Whether the address must fit into a header of a request.</param>
    public static void CheckEmail(this Faults faults, string? text, string field = "email", bool isAscii = false)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (!IsValid(text))
            faults.Add($"\"{field}\" must be an e-mail address, such as ada@example.com, of at most {MaxLength} characters");
        else if (isAscii && text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            faults.Add($"\"{field}\" must be an e-mail address of visible ASCII characters");
    }

    /// <summary>
    /// Whether the character is invisible. A space does not count as invisible, because an address may contain one between quotation
    /// marks.
    /// </summary>
    private static bool IsUnseen(Rune rune) => rune != new Rune(' ') && (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
