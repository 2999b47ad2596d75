using ChatBotKit.Server.Changes;
using Npgsql;
using NpgsqlTypes;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Inserts the events of all sets of a group. Nearly every set has an event, and a statement costs more than a row, so many events share one.
/// </summary>
internal sealed class PostgresEvents
{
    private const string Insert = """
        INSERT INTO "Events" ("AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId", "Links", "Meta")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertSpans = """
        INSERT INTO "EventSpans" ("AccountId", "Target", "Span") SELECT * FROM unnest($1, $2, $3)
        """;

    /// <summary>Up to how many events have a statement each: an array for each column costs more than a few statements.</summary>
    private const int FewEvents = 3;

    private readonly KnownSpans _known = new();
    private EventSpan[] _added = [];

    /// <summary>Adds the statements to the batch; none when there are no events.</summary>
    public void AddTo(PostgresBatch batch, IReadOnlyList<EventEntry> events)
    {
        _added = [];
        if (events.Count == 0)
            return;
        if (events.Count <= FewEvents)
            AddEach(batch, events);
        else
            AddTogether(batch, events);
        _added = SpansOf(events);
        if (_added.Length == 0)
            return;
        batch.Add(new NpgsqlBatchCommand(InsertSpans)
        {
            Parameters = { Texts(_added, span => span.AccountId), Texts(_added, span => span.Target), Numbers(_added, span => span.Span) },
        });
    }

    private static void AddEach(PostgresBatch batch, IReadOnlyList<EventEntry> events)
    {
        foreach (var entry in events)
            batch.Add(EventTable.Rows.Insert, PostgresSession.Values(EventTable.Rows, entry));
    }

    private static void AddTogether(PostgresBatch batch, IReadOnlyList<EventEntry> events) =>
        batch.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Texts(events, entry => entry.AccountId), Numbers(events, entry => entry.Number), Texts(events, entry => entry.Type),
                Texts(events, entry => entry.ConversationId), Texts(events, entry => entry.ContactId), Texts(events, entry => entry.BotId),
                Texts(events, entry => entry.TaskId), Texts(events, entry => EventTable.TextOf(entry.Links)), Texts(events, entry => entry.Meta),
            },
        });

    /// <summary>Notes that the rows of the last batch are committed.</summary>
    public void Keep()
    {
        foreach (var span in _added)
            _known.Add(span);
        _added = [];
    }

    private EventSpan[] SpansOf(IReadOnlyList<EventEntry> events)
    {
        var spans = new HashSet<EventSpan>();
        foreach (var entry in events)
        {
            var span = EventSpans.SpanOf(entry.Number);
            foreach (var target in EventSpans.TargetsOf(entry))
            {
                var row = new EventSpan(entry.AccountId, target, span);
                if (!_known.Has(row))
                    spans.Add(row);
            }
        }

        return [.. spans];
    }

    private static NpgsqlParameter Texts<T>(IReadOnlyList<T> rows, Func<T, string?> read)
    {
        var texts = new string?[rows.Count];
        for (var index = 0; index < texts.Length; index++)
            texts[index] = read(rows[index]) is { } text ? PostgresParameters.Storable(text) : null;
        return new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    private static NpgsqlParameter Numbers<T>(IReadOnlyList<T> rows, Func<T, long> read)
    {
        var numbers = new long[rows.Count];
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = read(rows[index]);
        return new NpgsqlParameter { Value = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    }
}
