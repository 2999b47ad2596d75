using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>A filter of the event log. An event matches when it matches every condition.</summary>
internal sealed record EventFilter
{
    /// <summary>The maximum number of values of one condition.</summary>
    public const int MaxValues = 50;

    /// <summary>The conditions on resources: the field of the API, and the ids of which the event must name one.</summary>
    public IReadOnlyList<(string Field, IReadOnlyList<string> Ids)> Resources { get; init; } = [];

    /// <summary>The types of which the event must have one; empty for any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The conditions on <c>meta</c>: the key, and the value as text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Meta { get; init; } = [];

    /// <summary>The time of the oldest event, in Unix milliseconds; null for no bound.</summary>
    public long? From { get; init; }

    /// <summary>The time of the newest event, in Unix milliseconds; null for no bound.</summary>
    public long? To { get; init; }

    /// <summary>The smallest number of an event.</summary>
    public long First => From is { } from ? EventNumbers.NearestAt(from) : 0;

    /// <summary>The largest number of an event.</summary>
    public long Last => To is { } to ? EventNumbers.NearestAt(to + 1) - 1 : long.MaxValue;

    /// <summary>
    /// Returns the targets of each condition, by which spans of the log are found. Conditions on resources come first, because few events are
    /// about one resource, and many have one type.
    /// </summary>
    public List<IReadOnlyList<string>> Targets()
    {
        List<IReadOnlyList<string>> targets = [.. Resources.Select(resource => resource.Ids)];
        if (Types.Count > 0)
            targets.Add(Types);
        if (Meta.Count > 0)
            targets.Add([EventSpans.WithMeta]);
        return targets;
    }

    /// <summary>Adds the conditions on columns, and on <c>meta</c>, to a query.</summary>
    public void AddTo(SqlQuery query, SqlDialect dialect)
    {
        if (Types.Count > 0)
            query.AddIn("\"Type\"", Types);
        foreach (var (field, ids) in Resources.Where(resource => EventFields.OfColumns.Contains(resource.Field)))
            query.AddIn($"\"{char.ToUpperInvariant(field[0])}{field[1..]}\"", ids);
        foreach (var (key, value) in Meta)
            dialect.AddJsonCondition(query, "\"Meta\"", key, value);
    }

    /// <summary>Whether the links of the event match the conditions on resources that have no column.</summary>
    public bool MatchesLinks(EventEntry entry) => Resources
        .Where(resource => !EventFields.OfColumns.Contains(resource.Field))
        .All(resource => entry.Links.Any(link => link.Field == resource.Field && resource.Ids.Contains(link.Id)));
}
