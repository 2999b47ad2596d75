using ChatBotKit.Server.Changes;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Adds entries to the event log on the writer's connection.</summary>
internal sealed class SqliteEvents(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _entry = new(connection, EventTable.Rows.Insert);
    private readonly SqliteStatement _span = new(connection, EventSpans.AddOnSqlite);
    private readonly KnownSpans _known = new();

    public void Append(EventEntry entry)
    {
        _entry.Execute(EventTable.Rows, entry);
        var span = EventSpans.SpanOf(entry.Number);
        foreach (var target in EventSpans.TargetsOf(entry))
        {
            var row = new EventSpan(entry.AccountId, target, span);
            if (_known.Has(row))
                continue;
            _span.Execute(row.AccountId, row.Target, row.Span);
            _known.Add(row);
        }
    }

    /// <summary>Forgets what the transaction has stored, because it is rolled back.</summary>
    public void Forget() => _known.Forget();

    public void Dispose()
    {
        _entry.Dispose();
        _span.Dispose();
    }
}
