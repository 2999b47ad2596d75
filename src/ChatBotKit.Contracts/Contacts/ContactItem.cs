using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A contact: a person that bots talk with.</summary>
public sealed record ContactItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the contact.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the fingerprint, which identifies the contact.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the phone number as + and digits.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the nickname.</summary>
    public string? Nick { get; init; }

    /// <summary>Gets what the contact likes and dislikes, as a text for the model.</summary>
    public string? Preferences { get; init; }

    /// <summary>Gets when the contact was verified; null when it is not verified.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the contact was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the contact was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
