using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>The checked details of a person, with the fingerprint by which the contact is found again.</summary>
internal sealed record ContactDetails
{
    /// <summary>The fingerprint: the one that the owner gave, or one that is derived from the details of a visitor.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the owner vouches for the person.</summary>
    public required bool IsVerified { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Email { get; init; }

    /// <summary>The phone number in international form, such as <c>+359888123456</c>.</summary>
    public string? Phone { get; init; }

    public string? Nick { get; init; }

    /// <summary>The <c>meta</c> of the request, which replaces the stored one or is merged into it.</summary>
    public JsonObject? Meta { get; init; }

    /// <param name="request">The body, or the object in a body's <c>contactId</c>.</param>
    /// <param name="isTrusted">Whether the request may have a fingerprint.</param>
    /// <param name="prefix">The path of the fields in the body.</param>
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
