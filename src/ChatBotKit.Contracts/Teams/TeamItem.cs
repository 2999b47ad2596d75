using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A team that the caller belongs to.</summary>
public sealed record TeamItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the team.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the team was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the team was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
