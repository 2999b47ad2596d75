using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to publish a message on a channel.</summary>
public sealed record ChannelPublishRequest
{
    /// <summary>Gets the message. To answer a function, put its result into the field <c>result</c>.</summary>
    public required JsonObject Message { get; init; }
}
