using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A page of the documentation: a doc, guide, manual or tutorial.</summary>
public sealed record PlatformDocItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the title.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the description of the page.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the category.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets the position of the page within its category.</summary>
    public double? Index { get; init; }

    /// <summary>Gets the text as Markdown; null in lists and searches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }

    /// <summary>Gets how well the entry matches, 0 to 1; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>Gets the passage that matches; null when it was not searched for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Excerpt { get; init; }

    /// <summary>Gets the address of the page.</summary>
    public string? Link { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the page was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the page was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
