using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Rows of the hot path that are stored together or not at all. The store may put several sets into one transaction;
/// one that fails never takes another down with it.
/// </summary>
internal sealed class WriteSet
{
    /// <summary>A new one: a change of an old one goes through <see cref="IStore.ChangeAsync{T}"/>.</summary>
    public ConversationRow? Conversation { get; init; }

    /// <summary>A new one, too.</summary>
    public SessionRow? Session { get; init; }

    public RunRow? StartedRun { get; init; }

    /// <summary>Ends a run, if it is stored; a set for a run that has ended already is stale.</summary>
    public RunOutcome? EndedRun { get; init; }

    public IReadOnlyList<MessageRow> Messages { get; init; } = [];

    public IReadOnlyList<LogAppend> Log { get; init; } = [];

    public UsageRow? Usage { get; init; }

    /// <summary>Is added to what the session has used.</summary>
    public SessionUse? SessionUse { get; init; }

    /// <summary>Get their number and hash when they are stored.</summary>
    public IReadOnlyList<AuditRow> Audit { get; init; } = [];

    public IReadOnlyList<IdempotencyRow> IdempotencyKeys { get; init; } = [];

    /// <summary>The one key of a set that belongs to one request; null for a request without a key.</summary>
    public IdempotencyRow? Idempotency
    {
        init => IdempotencyKeys = value is null ? [] : [value];
    }

    /// <summary>About how many bytes the set holds.</summary>
    public int MeasureBytes()
    {
        var size = 0;
        foreach (var key in IdempotencyKeys)
            size += key.Response?.Length ?? 0;
        foreach (var message in Messages)
            size += message.Text.Length;
        foreach (var append in Log)
            size += append.Lines.Length;
        return size;
    }
}

/// <summary>Lines <paramref name="First"/> to <paramref name="Last"/> of a log; the memory stays untouched until they are stored.</summary>
internal readonly record struct LogAppend(string LogId, long First, long Last, ReadOnlyMemory<byte> Lines, long CreatedAt);

internal sealed record RunOutcome(string RunId, string Reason, long EndedAt);

/// <summary>What a request or run of a session has used.</summary>
internal sealed record SessionUse(string SessionId, int Messages = 0, long Tokens = 0, long AttachmentBytes = 0);
