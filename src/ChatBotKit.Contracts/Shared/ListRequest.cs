namespace ChatBotKit;

/// <summary>Specifies which part of a list to give. All fields are optional and travel in the query.</summary>
public record ListRequest
{
    /// <summary>Gets the id of the last item already seen; the answer starts after it. Default: from the start.</summary>
    public string? Cursor { get; init; }

    /// <summary>Gets the order by time of creation. Default: newest first, except for messages of a conversation.</summary>
    public ListOrder? Order { get; init; }

    /// <summary>Gets the number of items of a page, 1 to 100; for a stream the total to give. Default: 100, for a stream all.</summary>
    public int? Take { get; init; }

    /// <summary>Gets the metadata that items must carry, key by key. "true" and "false" match booleans, all else strings.</summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
