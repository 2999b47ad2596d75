using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>The filters <c>from</c> and <c>to</c> of a list, in Unix milliseconds and both inclusive; null where the list has no bound.</summary>
internal readonly record struct ListPeriod(long? From, long? To)
{
    /// <exception cref="ApiException">400: a value is not a time, or the end is before the start.</exception>
    public static ListPeriod Of(IListFilters filters)
    {
        var faults = new Faults();
        var from = QueryTime.Read(filters.Value("from"), "from", faults);
        var to = QueryTime.Read(filters.Value("to"), "to", faults);
        faults.ThrowIfAny();
        QueryTime.RequireOrder(from, to);
        return new ListPeriod(from?.ToUnixTimeMilliseconds(), to?.ToUnixTimeMilliseconds());
    }

    /// <summary>Adds the conditions on a column of times, which is a quoted name.</summary>
    public void AddTo(SqlQuery query, string column)
    {
        if (From is { } from)
            query.AddSql($" AND {column} >= ").Add($"{from}");
        if (To is { } to)
            query.AddSql($" AND {column} <= ").Add($"{to}");
    }
}

internal static class ListPeriodRoutes
{
    /// <summary>Describes the filters by time.</summary>
    /// <param name="route">The route.</param>
    /// <param name="what">What is filtered, such as "events".</param>
    public static RouteHandlerBuilder TakesPeriod(this RouteHandlerBuilder route, string what) => route
        .TakesQuery("from", $"Only {what} at this time or later, in ISO 8601; UTC when the time has no offset.")
        .TakesQuery("to", $"Only {what} at this time or earlier, in ISO 8601; UTC when the time has no offset.");
}
