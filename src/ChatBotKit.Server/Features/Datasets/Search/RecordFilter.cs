using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>
/// The filter of a search: conditions on the <c>meta</c> of records, all of which must hold. A dot in a key leads into a nested object,
/// unless the <c>meta</c> has the whole key. A value is never converted: the text <c>"1"</c> is not the number 1.
/// </summary>
internal sealed class RecordFilter
{
    /// <summary>The maximum number of keys. Each is checked for many records.</summary>
    public const int MaxKeys = 50;

    private readonly List<(string Key, MetaCondition Condition)> _conditions = [];

    private RecordFilter()
    {
    }

    /// <summary>Reads the filter of a request.</summary>
    /// <param name="given">The filter; null for none.</param>
    /// <param name="faults">The faults, to which one is added for each condition that is not valid.</param>
    /// <returns>The filter; null when all records match.</returns>
    public static RecordFilter? Read(JsonObject? given, Faults faults)
    {
        if (given is null or { Count: 0 })
            return null;
        if (given.Count > MaxKeys)
            faults.Add($"\"filter\" may not have more than {MaxKeys} keys");
        var filter = new RecordFilter();
        foreach (var (key, value) in given.Take(MaxKeys))
        {
            if (MetaCondition.Read(key, value, faults) is { } condition)
                filter._conditions.Add((key, condition));
        }

        return filter;
    }

    /// <summary>Whether the <c>meta</c> of a record matches.</summary>
    /// <param name="meta">The <c>meta</c> as JSON text; null for none.</param>
    public bool Matches(string? meta)
    {
        if (meta is null)
            return _conditions.TrueForAll(one => one.Condition.Holds(MetaValue.Missing));
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        foreach (var (key, condition) in _conditions)
        {
            if (!condition.Holds(Find(document.RootElement, key)))
                return false;
        }

        return true;
    }

    private static MetaValue Find(JsonElement meta, string key)
    {
        if (meta.TryGetProperty(key, out var value))
            return MetaValue.Of(value);
        foreach (var part in key.Split('.'))
        {
            if (meta.ValueKind != JsonValueKind.Object || !meta.TryGetProperty(part, out meta))
                return MetaValue.Missing;
        }

        return MetaValue.Of(meta);
    }
}
