using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a contact. A field that is not set keeps its value.</summary>
public sealed record ContactUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the contact. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>
    /// Gets the fingerprint, which identifies the contact, at least 16 characters and at most 191 bytes. The hosted service fails on exactly 16,
    /// so use more. Only trusted callers may send it.
    /// </summary>
    public Optional<string> Fingerprint { get; init; }

    /// <summary>Gets the e-mail address. At most 191 bytes.</summary>
    public Optional<string> Email { get; init; }

    /// <summary>Gets the phone number, preferably with its country code. A number without one is taken as a US number.</summary>
    public Optional<string> Phone { get; init; }

    /// <summary>Gets the nickname. At most 191 bytes.</summary>
    public Optional<string> Nick { get; init; }

    /// <summary>Gets what the contact likes and dislikes, as a text for the model. At most 65,535 bytes.</summary>
    public Optional<string> Preferences { get; init; }

    /// <summary>Gets when the contact was verified; null removes the verification.</summary>
    public Optional<DateTimeOffset> VerifiedAt { get; init; }
}
