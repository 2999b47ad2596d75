using System.Globalization;
using System.Net.Mail;
using System.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>What counts as an e-mail address: one address alone, without a name, a comment or a second address.</summary>
internal static class EmailAddresses
{
    /// <summary>No longer address can be delivered to.</summary>
    public const int MaxLength = 254;

    /// <summary>Whether the text is an address, in any script.</summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength && MailAddress.TryCreate(text, out var read) && read.Address == text && !text.EnumerateRunes().Any(IsUnseen);

    /// <summary>Adds a fault for a text that is no address; null and an empty text are none.</summary>
    /// <param name="faults">Takes the fault.</param>
    /// <param name="text">The text.</param>
    /// <param name="field">Where it stands in the body.</param>
    /// <param name="isAscii">Whether the address must be one that a header of a request can hold.</param>
    public static void CheckEmail(this Faults faults, string? text, string field = "email", bool isAscii = false)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (!IsValid(text))
            faults.Add($"\"{field}\" must be an e-mail address, such as ada@example.com, of at most {MaxLength} characters");
        else if (isAscii && text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            faults.Add($"\"{field}\" must be an e-mail address of visible ASCII characters");
    }

    /// <summary>Only a space can be told from nothing: it may stand between quotation marks.</summary>
    private static bool IsUnseen(Rune rune) => rune != new Rune(' ') && (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
