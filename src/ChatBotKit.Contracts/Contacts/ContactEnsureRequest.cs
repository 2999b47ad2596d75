using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Finds a contact by its fingerprint or, when there is none, makes it from the other fields.</summary>
public sealed record ContactEnsureRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what is known about the contact. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>
    /// Gets what tells the contact from all others, at least 17 characters. Only trusted callers may send it.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Gets the phone number, best with the code of the country; without one it counts as a number of the USA.
    /// </summary>
    public string? Phone { get; init; }

    /// <summary>Gets the nickname.</summary>
    public string? Nick { get; init; }

    /// <summary>Gets what the contact likes and dislikes, as a text for the model. At most 65,535 bytes.</summary>
    public string? Preferences { get; init; }

    /// <summary>Gets since when it has been known that the contact is who it says it is; null for not at all.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }
}
