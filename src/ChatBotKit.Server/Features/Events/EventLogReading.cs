using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Events;

/// <summary>Reads the event log of an account page by page.</summary>
internal sealed class EventLogReading(IStore store)
{
    /// <summary>Reads the filter of a list.</summary>
    /// <exception cref="ApiException">400: a parameter has too many values, or is not a time.</exception>
    public static EventFilter FilterOf(ListQuery query)
    {
        var resources = EventFields.OfColumns.Concat(EventFields.OfLinks)
            .Select(field => (Field: field, Ids: ValuesOf(query, field)))
            .Where(condition => condition.Ids.Count > 0);
        var period = ListPeriod.Of(query);
        return new EventFilter { Resources = [.. resources], Types = ValuesOf(query, "type"), Meta = query.Meta, From = period.From, To = period.To };
    }

    /// <summary>Lists events. The cursor is the id of an event; the page after what is no id is empty.</summary>
    public async Task<ListPiece<EventLogItem>> ListAsync(string accountId, EventFilter filter, ListPage page, CancellationToken cancellationToken)
    {
        var cursor = page.Cursor is { } id ? EventNumbers.NumberOf(id) : null;
        if (page.Cursor is not null && cursor is null)
            return ListPiece.Nothing<EventLogItem>();
        var rows = await store.QueryAsync(
            db => db.ListEventsAsync(accountId, filter, cursor, page.Descending, page.Take), cancellationToken);
        return ListPiece.Of(rows, page).ConvertAll(row => row.ToItem());
    }

    /// <summary>Returns the number of the newest event, and of the one with which the given number of newest events begins.</summary>
    /// <returns>Null when there is none.</returns>
    public ValueTask<(long First, long Last)?> FindNewestAsync(string accountId, int count, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindNewestEventsAsync(accountId, count), cancellationToken);

    /// <summary>Lists the next events after a number, oldest first.</summary>
    public ValueTask<List<EventEntry>> ListAfterAsync(string accountId, long after, int take, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.ListEventsAsync(accountId, new EventFilter(), after, descending: false, take), cancellationToken);

    private static IReadOnlyList<string> ValuesOf(ListQuery query, string name)
    {
        var values = query.Values(name);
        return values.Count <= EventFilter.MaxValues
            ? values
            : throw ApiException.BadRequest($"\"{name}\" must have at most {EventFilter.MaxValues} values");
    }
}
