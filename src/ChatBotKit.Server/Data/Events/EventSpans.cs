using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The table of spans: short stretches of the log in which there are events of a type, or about a resource. It is what a filter uses
/// instead of an index. While a span lasts, any number of events about the same resource add one row, so that a flood costs little.
/// </summary>
internal static class EventSpans
{
    /// <summary>The target of all events with <c>meta</c>. Ids have no such character.</summary>
    public const string WithMeta = "{meta}";

    /// <summary>A span is a number without its last bits, which leaves about four seconds.</summary>
    private const int Bits = 33;

    /// <summary>Adds a row on SQLite, unless it is there. Values: account, target, span.</summary>
    public const string AddOnSqlite = """INSERT OR IGNORE INTO "EventSpans" ("AccountId", "Target", "Span") VALUES ($1, $2, $3)""";

    /// <summary>Adds rows on PostgreSQL. Values: account, the targets with spaces between them, span.</summary>
    public const string AddOnPostgres = """
        INSERT INTO "EventSpans" ("AccountId", "Target", "Span") SELECT $1, target, $3 FROM unnest(string_to_array($2, ' ')) AS target
        """;

    /// <summary>Removes a row. Values: account, target, span.</summary>
    public const string Remove = """DELETE FROM "EventSpans" WHERE "AccountId" = $1 AND "Target" = $2 AND "Span" = $3""";

    public static long SpanOf(long number) => number >> Bits;

    /// <summary>Returns the smallest number in a span.</summary>
    public static long FirstOf(long span) => span << Bits;

    /// <summary>Returns the largest number in a span.</summary>
    public static long LastOf(long span) => FirstOf(span + 1) - 1;

    /// <summary>Returns the next spans of a target. Values: account, target, span at which they begin, the number of rows.</summary>
    public static string Next(bool descending) => descending
        ? """SELECT DISTINCT "Span" FROM "EventSpans" WHERE "AccountId" = $1 AND "Target" = $2 AND "Span" <= $3 ORDER BY "Span" DESC LIMIT $4"""
        : """SELECT DISTINCT "Span" FROM "EventSpans" WHERE "AccountId" = $1 AND "Target" = $2 AND "Span" >= $3 ORDER BY "Span" LIMIT $4""";

    /// <summary>Returns what the event can be found by: its type, the resources that it is about, and that it has <c>meta</c>.</summary>
    public static IEnumerable<string> TargetsOf(EventEntry entry)
    {
        yield return entry.Type;
        if (entry.ConversationId is { } conversation)
            yield return conversation;
        if (entry.ContactId is { } contact)
            yield return contact;
        if (entry.BotId is { } bot)
            yield return bot;
        if (entry.TaskId is { } task)
            yield return task;
        foreach (var link in entry.Links)
            yield return link.Id;
        if (entry.Meta is not null)
            yield return WithMeta;
    }
}
