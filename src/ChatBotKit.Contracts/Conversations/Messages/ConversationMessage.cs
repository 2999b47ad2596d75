using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A message of a request.</summary>
public sealed record ConversationMessage
{
    /// <summary>Gets the id; null for a message that is not stored yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the type, which tells who wrote the message or what kind of note it is.</summary>
    public required MessageType Type { get; init; }

    /// <summary>Gets the text; it may be empty. At most 65,535 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON, and 1,048,576 bytes of an
    /// activity. An activity must have its function in
    /// <c>activity</c>. Keys that begin with _ are refused.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>Gets when the message was created. Messages that have this time are ordered by it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CreatedAt { get; init; }
}
