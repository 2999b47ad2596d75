using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An example that can be copied into the account.</summary>
public sealed record PlatformExampleItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the example shows.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the type of the example.</summary>
    public required PlatformExampleType Type { get; init; }

    /// <summary>Gets the resources of the example; null in lists and searches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Config { get; init; }

    /// <summary>Gets the address of its page.</summary>
    public required string Link { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the example was created; null when the server does not send it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the example was last updated; null when the server does not send it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
