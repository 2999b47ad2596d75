using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A blueprint: resources that belong together, such as a bot with its datasets and skillsets.</summary>
public sealed record BlueprintItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the blueprint.</summary>
    public string? Description { get; init; }

    /// <summary>Gets who besides the owner may use the blueprint.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the blueprint was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the blueprint was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
