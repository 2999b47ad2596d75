using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies who a conversation is with. The contact is found by these details, or made.</summary>
public sealed record ContactUpsertRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata, limited only by the size of a request. Keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets what tells the contact from all others, at least 17 characters; sessions of end users may not send it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Gets the e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the phone number, best with the country's code.</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the nickname.</summary>
    public string? Nick { get; init; }
}
