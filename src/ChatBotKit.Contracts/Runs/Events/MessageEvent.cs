using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A whole message of the run: the text of the preceding tokens, reasoning, or a function call.</summary>
public sealed record MessageEvent : RunEvent<MessageEventData>
{
    /// <inheritdoc/>
    public override string Type => "message";
}

/// <summary>The data of a <see cref="MessageEvent"/>.</summary>
public sealed record MessageEventData : ApiObject
{
    /// <summary>Gets the id of the message; null when the server does not send one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the type, which tells who wrote the message or what kind of note it is.</summary>
    public required MessageType Type { get; init; }

    /// <summary>Gets the text; empty for most activities.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the custom metadata. An activity has its function in <c>activity</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }
}
