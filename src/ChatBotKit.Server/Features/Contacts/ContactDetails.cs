using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using PhoneNumbers;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>What is known of a person, checked, with the key by which they are found again.</summary>
internal sealed record ContactDetails
{
    public const int MinFingerprintLength = 16;

    private const string DefaultRegion = "US";

    private static readonly Guid UntrustedKeys = new("83eac369-0401-4a2c-992f-dd9b914420af");

    /// <summary>The key: the owner's fingerprint, or one that follows from what a visitor typed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the owner vouches for the person.</summary>
    public required bool IsVerified { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Email { get; init; }

    /// <summary>In the international form, such as <c>+359888123456</c>.</summary>
    public string? Phone { get; init; }

    public string? Nick { get; init; }

    /// <summary>As it came: it replaces what is stored, or is merged into it.</summary>
    public JsonObject? Meta { get; init; }

    /// <param name="request">The body, or the object in a body's <c>contactId</c>.</param>
    /// <param name="isTrusted">Whether a fingerprint may be given.</param>
    /// <param name="prefix">Where the fields stand in the body.</param>
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static ContactDetails From(ContactUpsertRequest request, bool isTrusted, string prefix = "")
    {
        var faults = new Faults();
        faults.CheckName(request.Name, $"{prefix}name");
        faults.CheckDescription(request.Description, $"{prefix}description");
        faults.CheckName(request.Email, $"{prefix}email");
        faults.CheckName(request.Nick, $"{prefix}nick");
        faults.CheckName(request.Phone, $"{prefix}phone");
        faults.CheckMeta(request.Meta, $"{prefix}meta");
        CheckFingerprint(request.Fingerprint, isTrusted, prefix, faults);
        var phone = ReadPhone(request.Phone, prefix, faults);
        var details = new ContactDetails
        {
            Fingerprint = request.Fingerprint ?? UntrustedKey(request.Name, request.Email, phone, request.Nick),
            IsVerified = request.Fingerprint is not null,
            Name = request.Name,
            Description = request.Description,
            Email = request.Email,
            Phone = phone,
            Nick = request.Nick,
            Meta = request.Meta,
        };
        if (details.Fingerprint.Length == 0)
            faults.Add($"\"{prefix}name\", \"{prefix}email\", \"{prefix}phone\" or \"{prefix}nick\" is required to know the contact by");
        faults.ThrowIfAny();
        return details;
    }

    private static void CheckFingerprint(string? fingerprint, bool isTrusted, string prefix, Faults faults)
    {
        if (fingerprint is null)
            return;
        if (!isTrusted)
            faults.Add($"\"{prefix}fingerprint\" is not allowed with a session token");
        else if (fingerprint.Length < MinFingerprintLength)
            faults.Add($"\"{prefix}fingerprint\" must be at least {MinFingerprintLength} characters long");
        faults.CheckName(fingerprint, $"{prefix}fingerprint");
    }

    private static string? ReadPhone(string? phone, string prefix, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(phone))
            return null;
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(phone, DefaultRegion);
            if (numbers.IsPossibleNumber(number))
                return numbers.Format(number, PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            // Told below, as one that parses but can't exist.
        }

        faults.Add($"\"{prefix}phone\" must be a phone number, best with the country's code, for example +359 88 812 3456");
        return null;
    }

    private static string UntrustedKey(params string?[] parts)
    {
        var given = parts.Where(part => !string.IsNullOrEmpty(part)).Order(StringComparer.Ordinal).ToList();
        return given.Count == 0 ? "" : NameBasedGuid.Create(UntrustedKeys, string.Join(';', given)).ToString();
    }
}
