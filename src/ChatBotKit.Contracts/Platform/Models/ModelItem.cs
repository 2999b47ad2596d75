using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A model that bots and runs can name.</summary>
public sealed record ModelItem : ApiObject
{
    /// <summary>Gets the id, which is also the name to use.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what the model makes.</summary>
    public ModelType? Type { get; init; }

    /// <summary>Gets whether this model is used when none is named; null means no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Default { get; init; }

    /// <summary>Gets the display name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets what the model is good for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata about the model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }

    /// <summary>Gets who runs the model.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the family that the model belongs to.</summary>
    public required string Family { get; init; }

    /// <summary>Gets how many tokens input and output may have together.</summary>
    public required long MaxTokens { get; init; }

    /// <summary>Gets how many tokens the input may have.</summary>
    public required long MaxInputTokens { get; init; }

    /// <summary>Gets how many tokens the output may have.</summary>
    public required long MaxOutputTokens { get; init; }

    /// <summary>Gets when the model came into the list.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
