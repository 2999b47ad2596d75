using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A ready-made prompt of the platform.</summary>
public sealed record MagicPromptItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name to use in place of the id.</summary>
    public required string Alias { get; init; }

    /// <summary>Gets the display name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the purpose of the prompt.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the prompt was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the prompt was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
