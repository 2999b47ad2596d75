using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Changes a space. A field that is not set stays as it is.</summary>
public sealed record SpaceUpdateRequest
{
    /// <summary>
    /// Gets the name that can be used instead of the id, with @ in front; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the space is for, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the contact that the space belongs to; null for none.</summary>
    public Optional<string> ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of; null takes it out.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
