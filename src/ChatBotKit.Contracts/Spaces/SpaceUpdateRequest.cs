using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a space. A field that is not set keeps its value.</summary>
public sealed record SpaceUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the space, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the contact that the space belongs to; null for none.</summary>
    public Optional<string> ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
