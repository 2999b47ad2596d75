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

    // Nearly all events, such as those of messages, have no value in the last two columns. Each parameter has a cost, also one that is null.
    private const string InsertPlain = """
        INSERT INTO "Events" ("AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string InsertOnePlain = """
        INSERT INTO "Events" ("AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId") VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>The number of columns of an event without links and metadata.</summary>
    private const int PlainColumns = 7;

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
        {
            var values = PostgresSession.Values(EventTable.Rows, entry);
            if (IsPlain(entry))
                batch.Add(InsertOnePlain, values.AsSpan(0, PlainColumns));
            else
                batch.Add(EventTable.Rows.Insert, values);
        }
    }

    private static bool IsPlain(EventEntry entry) => entry.Links.Count == 0 && entry.Meta is null;

    private static void AddTogether(PostgresBatch batch, IReadOnlyList<EventEntry> events)
    {
        var arePlain = events.All(IsPlain);
        var command = new NpgsqlBatchCommand(arePlain ? InsertPlain : Insert)
        {
            Parameters =
            {
                Texts(events, static entry => entry.AccountId), Numbers(events, static entry => entry.Number), Texts(events, static entry => entry.Type),
                Texts(events, static entry => entry.ConversationId), Texts(events, static entry => entry.ContactId),
                Texts(events, static entry => entry.BotId), Texts(events, static entry => entry.TaskId),
            },
        };
        if (!arePlain)
        {
            command.Parameters.Add(Texts(events, static entry => EventTable.TextOf(entry.Links)));
            command.Parameters.Add(Texts(events, static entry => entry.Meta));
        }

        batch.Add(command);
    }

    /// <summary>Notes that the rows of the last batch are committed.</summary>
    public void Keep()
    {
        foreach (var span in _added)
            _known.Add(span);
        _added = [];
    }

    private EventSpan[] SpansOf(IReadOnlyList<EventEntry> events)
    {
        HashSet<EventSpan>? spans = null;
        foreach (var entry in events)
        {
            var span = EventSpans.SpanOf(entry.Number);
            foreach (var target in EventSpans.TargetsOf(entry))
            {
                var row = new EventSpan(entry.AccountId, target, span);
                if (!_known.Has(row))
                    (spans ??= []).Add(row);
            }
        }

        return spans is null ? [] : [.. spans];
    }

    private static NpgsqlParameter<string?[]> Texts<T>(IReadOnlyList<T> rows, Func<T, string?> read)
    {
        var texts = new string?[rows.Count];
        for (var index = 0; index < texts.Length; index++)
            texts[index] = read(rows[index]) is { } text ? PostgresParameters.Storable(text) : null;
        return new NpgsqlParameter<string?[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    private static NpgsqlParameter<long[]> Numbers<T>(IReadOnlyList<T> rows, Func<T, long> read)
    {
        var numbers = new long[rows.Count];
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = read(rows[index]);
        return new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    }
}
