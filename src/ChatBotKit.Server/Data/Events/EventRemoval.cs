using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>Deletes the oldest events of accounts, in small transactions between which other writes can run.</summary>
internal static class EventRemoval
{
    /// <summary>How many events one transaction deletes.</summary>
    public const int BatchSize = 500;

    private const string Oldest = """WHERE "AccountId" = $1 AND "Number" < $2 ORDER BY "Number" LIMIT $3""";

    private const string NextAccounts = """SELECT "Id" FROM "Accounts" WHERE "Id" > $1 ORDER BY "Id" LIMIT $2""";

    /// <summary>Deletes the events of all accounts that are older than the given time, in Unix milliseconds.</summary>
    /// <returns>The number of deleted events.</returns>
    public static async Task<int> DeleteEventsBeforeAsync(this IStore store, long time, CancellationToken cancellationToken)
    {
        // Whole spans are deleted, so that the table of spans never lacks one that has events.
        var before = EventSpans.FirstOf(EventSpans.SpanOf(EventNumbers.FirstAt(time)));
        var total = 0;
        for (var after = ""; ;)
        {
            var from = after;
            var accounts = await store.QueryAsync(
                db => db.ListAsync(NextAccounts, static row => row.GetString(0), from, BatchSize), cancellationToken);
            foreach (var account in accounts)
                total += await store.DeleteEventsAsync(account, before, cancellationToken);
            if (accounts.Count < BatchSize)
                return total;
            after = accounts[^1];
        }
    }

    /// <summary>Deletes all events of an account.</summary>
    public static Task<int> DeleteEventsAsync(this IStore store, string accountId, CancellationToken cancellationToken) =>
        store.DeleteEventsAsync(accountId, long.MaxValue, cancellationToken);

    private static async Task<int> DeleteEventsAsync(this IStore store, string accountId, long before, CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            // The events are read outside of the transaction, which then does nothing for most accounts.
            var events = await store.QueryAsync(
                db => db.ListAsync(EventTable.Rows, Oldest, accountId, before, BatchSize), cancellationToken);
            if (events.Count > 0)
                await store.ChangeAsync(db => DeleteAsync(db, accountId, events), cancellationToken);
            total += events.Count;
            if (events.Count < BatchSize)
                return total;
        }
    }

    private static async ValueTask<int> DeleteAsync(ISqlTransaction db, string accountId, List<EventEntry> events)
    {
        var spans = events.SelectMany(entry => EventSpans.TargetsOf(entry).Select(target => (target, EventSpans.SpanOf(entry.Number))));
        foreach (var (target, span) in spans.Distinct())
            await db.ExecuteAsync(EventSpans.Remove, accountId, target, span);
        return await db.ExecuteAsync(
            """DELETE FROM "Events" WHERE "AccountId" = $1 AND "Number" <= $2""", accountId, events[^1].Number);
    }
}
