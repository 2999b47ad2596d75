using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>Lists events of an account.</summary>
internal static class EventQueries
{
    /// <summary>How many rows of a span are read at a time, while some of them may not match.</summary>
    private const int RowsAtOnce = 200;

    /// <summary>How many spans of a target are read at a time.</summary>
    private const int SpansAtOnce = 64;

    /// <summary>How many spans of each condition are counted, to find the condition that the fewest spans match.</summary>
    private const int MaxCounted = 1_000;

    /// <summary>The number of one of the newest events. Values: account, how many newer events there are.</summary>
    private const string Newest = """SELECT "Number" FROM "Events" WHERE "AccountId" = $1 ORDER BY "Number" DESC LIMIT 1 OFFSET $2""";

    /// <summary>Counts the spans of a target. Values: account, target, maximum.</summary>
    private const string CountSpans =
        """SELECT count(*) FROM (SELECT 1 FROM "EventSpans" WHERE "AccountId" = $1 AND "Target" = $2 LIMIT $3) AS counted""";

    /// <summary>Whether there are events of a target in a span. Values: account, target, span.</summary>
    private const string IsInSpan = """SELECT 1 FROM "EventSpans" WHERE "AccountId" = $1 AND "Target" = $2 AND "Span" = $3""";

    /// <summary>Lists the next events that match a filter.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cursor">The number of the event after which the list begins; null for the first part.</param>
    /// <param name="descending">Whether the newest event comes first.</param>
    /// <param name="take">The maximum number of events.</param>
    public static async ValueTask<List<EventEntry>> ListEventsAsync(
        this ISqlSession db, string accountId, EventFilter filter, long? cursor, bool descending, int take)
    {
        var found = new List<EventEntry>();
        // The number is excluded, and no event has the largest one.
        var from = cursor ?? (descending ? long.MaxValue : -1);
        from = descending ? Math.Min(from, filter.Last == long.MaxValue ? filter.Last : filter.Last + 1) : Math.Max(from, filter.First - 1);
        var end = descending ? filter.First : filter.Last;
        if (descending ? end >= from : end <= from)
            return found;
        var targets = filter.Targets();
        if (targets.Count == 0)
        {
            await db.AddRowsAsync(found, accountId, filter, from, end, take);
            return found;
        }

        var (first, others) = await db.ChooseAsync(accountId, targets);
        var next = EventSpans.SpanOf(Math.Max(from, 0));
        for (var more = true; more && found.Count < take;)
        {
            var spans = await db.ListSpansAsync(accountId, first, next, descending);
            foreach (var span in spans)
            {
                if (found.Count < take && await db.AreAllInSpanAsync(accountId, others, span))
                    await db.AddSpanAsync(found, accountId, filter, span, from, end, take);
            }

            more = spans.Count == SpansAtOnce && (descending ? EventSpans.FirstOf(spans[^1]) > end : EventSpans.LastOf(spans[^1]) < end);
            if (more)
                next = descending ? spans[^1] - 1 : spans[^1] + 1;
        }

        return found;
    }

    /// <summary>Adds the matching events of a span that come after a number, which is excluded, and not after another.</summary>
    private static async ValueTask AddSpanAsync(
        this ISqlSession db, List<EventEntry> found, string accountId, EventFilter filter, long span, long from, long end, int take)
    {
        var (first, last) = (EventSpans.FirstOf(span), EventSpans.LastOf(span));
        if (end < from && Math.Min(from, last + 1) > Math.Max(first, end))
            await db.AddRowsAsync(found, accountId, filter, Math.Min(from, last + 1), Math.Max(first, end), take);
        if (end > from && Math.Max(from, first - 1) < Math.Min(last, end))
            await db.AddRowsAsync(found, accountId, filter, Math.Max(from, first - 1), Math.Min(last, end), take);
    }

    /// <summary>Returns the number of the newest event, and of the first of the given number of newest events; null when there is none.</summary>
    public static async ValueTask<(long First, long Last)?> FindNewestEventsAsync(this ISqlSession db, string accountId, int count)
    {
        if (await db.FirstAsync(Newest, static row => (long?)row.GetInt64(0), accountId, 0) is not { } last)
            return null;
        var first = await db.FirstAsync(Newest, static row => (long?)row.GetInt64(0), accountId, count - 1) ?? 0;
        return (first, last);
    }

    /// <summary>Adds the matching events between two numbers, of which the first is excluded. The order is that of the numbers.</summary>
    private static async ValueTask AddRowsAsync(
        this ISqlSession db, List<EventEntry> found, string accountId, EventFilter filter, long from, long to, int take)
    {
        var descending = to < from;
        var size = RowsAtOnce;
        for (var read = size; read == size && found.Count < take;)
        {
            size = Math.Min(RowsAtOnce, take - found.Count);
            var query = new SqlQuery().AddSql(EventTable.Rows.Select("")).Add($"WHERE \"AccountId\" = {accountId}");
            if (descending)
                query.Add($" AND \"Number\" < {from} AND \"Number\" >= {to}");
            else
                query.Add($" AND \"Number\" > {from} AND \"Number\" <= {to}");
            filter.AddTo(query, db.Dialect);
            query.AddSql(descending ? " ORDER BY \"Number\" DESC" : " ORDER BY \"Number\"").Add($" LIMIT {size}");
            var rows = await db.ListAsync(query, EventTable.Rows.Read);
            found.AddRange(rows.Where(filter.MatchesLinks));
            read = rows.Count;
            if (read > 0)
                from = rows[^1].Number;
        }
    }

    /// <summary>Finds the condition with the fewest spans. Of those with many, the first is as good as any.</summary>
    private static async ValueTask<(IReadOnlyList<string> First, List<IReadOnlyList<string>> Others)> ChooseAsync(
        this ISqlSession db, string accountId, List<IReadOnlyList<string>> targets)
    {
        var (best, fewest) = (0, long.MaxValue);
        for (var index = 0; index < targets.Count && targets.Count > 1; index++)
        {
            var count = 0L;
            foreach (var target in targets[index])
                count += await db.FirstAsync(CountSpans, static row => row.GetInt64(0), accountId, target, MaxCounted);
            if (count < fewest)
                (best, fewest) = (index, count);
        }

        return (targets[best], [.. targets.Where((_, index) => index != best)]);
    }

    /// <summary>Lists the next spans with events of one of the targets.</summary>
    private static async ValueTask<List<long>> ListSpansAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> targets, long from, bool descending)
    {
        var spans = new SortedSet<long>();
        foreach (var target in targets)
            spans.UnionWith(await db.ListAsync(EventSpans.Next(descending), static row => row.GetInt64(0), accountId, target, from, SpansAtOnce));
        return [.. (descending ? spans.Reverse() : spans).Take(SpansAtOnce)];
    }

    private static async ValueTask<bool> AreAllInSpanAsync(
        this ISqlSession db, string accountId, List<IReadOnlyList<string>> conditions, long span)
    {
        foreach (var targets in conditions)
        {
            var isThere = false;
            foreach (var target in targets)
                isThere = isThere || await db.AnyAsync(IsInSpan, accountId, target, span);
            if (!isThere)
                return false;
        }

        return true;
    }
}
