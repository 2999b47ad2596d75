using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a user. A field that is not set keeps its value.</summary>
public sealed record PartnerUserUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the user. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the address of a picture of the user.</summary>
    public Optional<string> Image { get; init; }

    /// <summary>Gets the e-mail address.</summary>
    public Optional<string> Email { get; init; }

    /// <summary>Gets the usage and storage limits of the user; null for the limits of the partner's plan.</summary>
    public Optional<PartnerUserLimits> Limits { get; init; }
}
