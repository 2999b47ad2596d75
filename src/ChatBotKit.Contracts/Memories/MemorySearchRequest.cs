using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to search memories by meaning.</summary>
public sealed record MemorySearchRequest
{
    /// <summary>Gets the words or the question to search for.</summary>
    public required string Search { get; init; }

    /// <summary>Gets the contact that the memories must be about. Default: any.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the bot that must remember. Default: any.</summary>
    public string? BotId { get; init; }
}

/// <summary>The memories that were found, the best first; servers give 10 at most.</summary>
public sealed record MemorySearchResponse : ApiObject
{
    /// <summary>Gets the memories.</summary>
    public required IReadOnlyList<MemorySearchItem> Items { get; init; }
}

/// <summary>A memory that a search has found.</summary>
public sealed record MemorySearchItem : ApiObject
{
    /// <summary>Gets the id of the memory.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what is remembered.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the custom metadata; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }
}
