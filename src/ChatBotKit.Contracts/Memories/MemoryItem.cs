using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Something that a bot remembers from one conversation to the next.</summary>
public sealed record MemoryItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the memory.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the text that is remembered.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the contact that the memory is about. The memory is deleted with the contact.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the bot that has the memory. The memory is deleted with the bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets when the memory is deleted; null for never, or when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the memory was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the memory was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
