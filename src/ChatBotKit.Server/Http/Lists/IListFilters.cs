namespace ChatBotKit.Server.Http;

/// <summary>The filters of a list.</summary>
internal interface IListFilters
{
    /// <summary>The filters by <c>meta</c>: the key, and the value as text.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Meta { get; }

    /// <summary>Returns the value of a filter; null when it is absent or empty.</summary>
    string? Value(string name);
}

internal static class ListFilterValues
{
    /// <summary>Returns the ids of a filter such as <c>botId=a,b</c>; empty when it is absent.</summary>
    public static IReadOnlyList<string> Values(this IListFilters filters, string name) =>
        filters.Value(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
