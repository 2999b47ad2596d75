using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to find a contact by its fingerprint, or to create it from the other fields when there is none.</summary>
public sealed record ContactEnsureRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the contact. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>
    /// Gets the fingerprint, which identifies the contact, at least 16 characters and at most 191 bytes. The hosted service fails on exactly 16,
    /// so use more. Only trusted callers may send it.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the e-mail address. At most 191 bytes.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the phone number, preferably with its country code. A number without one is taken as a US number.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the nickname. At most 191 bytes.</summary>
    public string? Nick { get; init; }

    /// <summary>Gets what the contact likes and dislikes, as a text for the model. At most 65,535 bytes.</summary>
    public string? Preferences { get; init; }

    /// <summary>Gets when the contact was verified; null when it is not verified.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }
}
