namespace ChatBotKit;

/// <summary>Specifies the order and the page of a list. All fields are optional and are sent in the query.</summary>
public record ListRequest
{
    /// <summary>Gets the id of the last item of the previous page; the list starts after it. Default: the start of the list.</summary>
    public string? Cursor { get; init; }

    /// <summary>Gets the order by time of creation. Default: newest first, except for messages of a conversation.</summary>
    public ListOrder? Order { get; init; }

    /// <summary>
    /// Gets the number of items of a page, 1 to 100; for an enumeration, the maximum number of items. Default: 100, or all
    /// items for an enumeration.
    /// </summary>
    public int? Take { get; init; }

    /// <summary>
    /// Gets the metadata that items must have, key by key. "true" and "false" match booleans; all other values match
    /// strings.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
