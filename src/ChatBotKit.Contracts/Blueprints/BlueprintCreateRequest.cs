using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a blueprint.</summary>
public sealed record BlueprintCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most
    /// 128, and unique among your blueprints.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the blueprint is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets who besides the owner may use the blueprint. Default: <see cref="Visibility.Private"/>.</summary>
    public Visibility? Visibility { get; init; }
}
