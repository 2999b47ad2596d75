using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies the contact of a conversation. It is found by these details, or created.</summary>
public sealed record ContactUpsertRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>
    /// Gets the fingerprint, which identifies the contact, at least 16 characters and at most 191 bytes. The hosted service fails on exactly 16,
    /// so use more. Sessions of end users may not send it.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>Gets the e-mail address. At most 191 bytes.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the phone number, preferably with its country code.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the nickname. At most 191 bytes.</summary>
    public string? Nick { get; init; }
}
