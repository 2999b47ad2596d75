using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using PhoneNumbers;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Checks the fields of a contact, and derives its fingerprint from them.</summary>
internal static class ContactRules
{
    public const string Fingerprint = "fingerprint";

    public const int MinFingerprintLength = 16;

    private const string DefaultRegion = "US";

    private static readonly Guid DerivedKeys = new("83eac369-0401-4a2c-992f-dd9b914420af");

    /// <summary>Converts the phone number of a document to its international form, and derives the fingerprint if there is none.</summary>
    public static void Normalize(JsonObject document)
    {
        if (TryReadPhone(Text(document, "phone"), out var phone))
            document["phone"] = phone;
        if (string.IsNullOrEmpty(Text(document, Fingerprint)))
        {
            var key = DerivedKey(Text(document, ResourceFields.Name), Text(document, "email"), Text(document, "phone"), Text(document, "nick"));
            document[Fingerprint] = key.Length > 0 ? key : Ids.New();
        }
    }

    /// <summary>Checks the fields that a request sets.</summary>
    public static void Check(ContactItem item, ResourceCheck check)
    {
        if (check.Changed.Contains(Fingerprint))
            check.Faults.CheckFingerprint(item.Fingerprint);
        if (check.Changed.Contains("email"))
            check.Faults.CheckEmail(item.Email);
        if (check.Changed.Contains("phone"))
            check.Faults.CheckPhone(item.Phone);
    }

    public static void CheckFingerprint(this Faults faults, string fingerprint, string prefix = "")
    {
        if (fingerprint.Length < MinFingerprintLength)
            faults.Add($"\"{prefix}fingerprint\" must be at least {MinFingerprintLength} characters long");
    }

    public static void CheckPhone(this Faults faults, string? phone, string prefix = "")
    {
        if (!TryReadPhone(phone, out _))
            faults.Add($"\"{prefix}phone\" must be a phone number, best with the country's code, for example +359 88 812 3456");
    }

    /// <summary>Parses a phone number. One without a country code is taken as a number in the United States.</summary>
    /// <param name="text">The text.</param>
    /// <param name="phone">The number in international form, such as <c>+359888123456</c>; null for an empty text.</param>
    /// <returns>False when the text is not a phone number.</returns>
    public static bool TryReadPhone(string? text, out string? phone)
    {
        phone = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(text, DefaultRegion);
            if (!numbers.IsPossibleNumber(number))
                return false;
            phone = numbers.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>Returns the fingerprint that is derived from the given details; empty when there are none.</summary>
    public static string DerivedKey(params string?[] parts)
    {
        var given = parts.Where(part => !string.IsNullOrEmpty(part)).Order(StringComparer.Ordinal).ToList();
        return given.Count == 0 ? "" : NameBasedGuid.Create(DerivedKeys, string.Join(';', given)).ToString();
    }

    private static string? Text(JsonObject document, string field) =>
        document[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
