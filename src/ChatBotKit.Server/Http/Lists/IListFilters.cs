using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Http;

/// <summary>The filters of a list.</summary>
internal interface IListFilters
{
    /// <summary>The filters by <c>meta</c>: the key, and the value as text.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Meta { get; }

    /// <summary>Returns the value of a filter; null when it is absent or empty.</summary>
    string? Value(string name);
}

/// <summary>
/// Reads the values of filters. Their number is limited, because each one is a part of a query of the database, and databases limit the
/// parameters and the depth of a query.
/// </summary>
internal static class ListFilterValues
{
    /// <summary>The maximum number of values of a filter such as <c>botId=a,b</c>.</summary>
    public const int MaxValues = 500;

    /// <summary>The maximum number of filters by <c>meta</c>.</summary>
    public const int MaxMeta = 50;

    /// <summary>Returns the ids of a filter such as <c>botId=a,b</c>; empty when it is absent.</summary>
    /// <exception cref="ApiException">400: there are too many.</exception>
    public static IReadOnlyList<string> Values(this IListFilters filters, string name)
    {
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var values = filters.Value(name)?.Split(',', MaxValues + 1, Options) ?? [];
        return values.Length <= MaxValues ? values : throw ApiException.BadRequest($"\"{name}\" must have at most {MaxValues} values");
    }

    /// <summary>Checks the filters by <c>meta</c>. A key with more parts than data has levels is refused too.</summary>
    /// <exception cref="ApiException">400: there are too many, or a key has too many parts.</exception>
    public static void CheckMeta(IReadOnlyCollection<KeyValuePair<string, string>> meta)
    {
        if (meta.Count > MaxMeta)
            throw ApiException.BadRequest($"A list can have at most {MaxMeta} filters by \"meta\"");
        if (meta.Any(static filter => filter.Key.AsSpan().Count('.') >= JsonRules.MaxDepth))
            throw ApiException.BadRequest($"The key of a filter by \"meta\" must have at most {JsonRules.MaxDepth} parts");
    }
}
