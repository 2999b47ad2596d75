using ChatBotKit.Server.Changes;
using Npgsql;
using NpgsqlTypes;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Inserts the events of all sets of a group with one statement. Nearly every set has an event, and the cost of a statement is more than
/// that of a row.
/// </summary>
internal static class PostgresEvents
{
    private const string Insert = """
        INSERT INTO "Events" ("AccountId", "Number", "Type", "ConversationId", "ContactId", "BotId", "TaskId", "Links", "Meta")
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertLinks = """
        INSERT INTO "EventLinks" ("AccountId", "TargetId", "Number") SELECT * FROM unnest($1, $2, $3)
        """;

    /// <summary>Adds the statements to the batch; none when there are no events.</summary>
    public static void AddTo(PostgresBatch batch, IReadOnlyList<EventEntry> events)
    {
        if (events.Count == 0)
            return;
        batch.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Texts(events, entry => entry.AccountId), Numbers(events, entry => entry.Number), Texts(events, entry => entry.Type),
                Texts(events, entry => entry.ConversationId), Texts(events, entry => entry.ContactId), Texts(events, entry => entry.BotId),
                Texts(events, entry => entry.TaskId), Texts(events, entry => EventTable.TextOf(entry.Links)), Texts(events, entry => entry.Meta),
            },
        });
        var links = events.SelectMany(entry => entry.Links, (entry, link) => (Entry: entry, Link: link)).ToList();
        if (links.Count == 0)
            return;
        batch.Add(new NpgsqlBatchCommand(InsertLinks)
        {
            Parameters =
            {
                Texts(links, one => one.Entry.AccountId), Texts(links, one => one.Link.Id), Numbers(links, one => one.Entry.Number),
            },
        });
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
