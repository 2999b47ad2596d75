using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A model that bots and runs can name.</summary>
public sealed record ModelItem : ApiObject
{
    /// <summary>Gets the id, which is also the name of the model in requests.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the type of the model.</summary>
    public ModelType? Type { get; init; }

    /// <summary>Gets whether this model is the default; null means no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Default { get; init; }

    /// <summary>Gets the display name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets the strengths of the model.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata about the model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the provider of the model.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the family that the model belongs to.</summary>
    public required string Family { get; init; }

    /// <summary>Gets the maximum number of tokens of input and output together.</summary>
    public required long MaxTokens { get; init; }

    /// <summary>Gets the maximum number of tokens of the input.</summary>
    public required long MaxInputTokens { get; init; }

    /// <summary>Gets the maximum number of tokens of the output.</summary>
    public required long MaxOutputTokens { get; init; }

    /// <summary>Gets when the model was added to the list.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
