using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a memory. A field that is not set keeps its value.</summary>
public sealed record MemoryUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the memory, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the text that is remembered.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets the contact that the memory is about; null for none. The memory is deleted with the contact.</summary>
    public Optional<string> ContactId { get; init; }

    /// <summary>Gets the bot that has the memory; null for none. The memory is deleted with the bot.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets when the memory is deleted; null for never. Only newer servers support it.</summary>
    public Optional<DateTimeOffset> ExpiresAt { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
