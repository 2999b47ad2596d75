using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a memory.</summary>
public sealed record MemoryCreateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the memory, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the text that is remembered.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the contact that the memory is about. The memory is deleted with the contact.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the bot that has the memory. The memory is deleted with the bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets when the memory is deleted. Default: never. Only newer servers support it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
