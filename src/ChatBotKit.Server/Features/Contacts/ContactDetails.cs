using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>What is known of a person, checked, with the key by which they are found again.</summary>
internal sealed record ContactDetails
{
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
        CheckTexts(request, prefix, faults);
        faults.CheckMeta(request.Meta, $"{prefix}meta");
        faults.CheckNul(request.Meta, $"{prefix}meta");
        if (request.Fingerprint is not null && !isTrusted)
            faults.Add($"\"{prefix}fingerprint\" is not allowed with a session token");
        else if (request.Fingerprint is not null)
            faults.CheckFingerprint(request.Fingerprint, prefix);
        faults.CheckEmail(request.Email, $"{prefix}email");
        faults.CheckPhone(request.Phone, prefix);
        ContactRules.TryReadPhone(request.Phone, out var phone);
        var details = new ContactDetails
        {
            Fingerprint = request.Fingerprint ?? ContactRules.DerivedKey(request.Name, request.Email, phone, request.Nick),
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

    private static void CheckTexts(ContactUpsertRequest request, string prefix, Faults faults)
    {
        (string Field, string? Value)[] texts =
        [
            ("name", request.Name), ("email", request.Email), ("nick", request.Nick), ("phone", request.Phone), ("fingerprint", request.Fingerprint),
        ];
        foreach (var (field, value) in texts)
        {
            faults.CheckName(value, prefix + field);
            faults.CheckNul(value, prefix + field);
        }

        faults.CheckDescription(request.Description, $"{prefix}description");
        faults.CheckNul(request.Description, $"{prefix}description");
    }
}
