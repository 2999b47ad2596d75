using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a blueprint.</summary>
public sealed record BlueprintCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your blueprints.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the blueprint. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets who besides the owner may use the blueprint. Default: <see cref="Visibility.Private"/>.</summary>
    public Visibility? Visibility { get; init; }
}
