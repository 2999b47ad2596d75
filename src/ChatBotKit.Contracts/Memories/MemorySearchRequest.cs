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

    /// <summary>Gets the bot that has the memories. Default: any.</summary>
    public string? BotId { get; init; }
}

/// <summary>The memories that were found, best match first. Servers return at most 10.</summary>
public sealed record MemorySearchResponse : ApiObject
{
    /// <summary>Gets the memories.</summary>
    public required IReadOnlyList<MemorySearchItem> Items { get; init; }
}

/// <summary>A memory found by a search.</summary>
public sealed record MemorySearchItem : ApiObject
{
    /// <summary>Gets the id of the memory.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text that is remembered.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the custom metadata; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }
}
