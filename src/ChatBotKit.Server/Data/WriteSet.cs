using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Rows of the hot path that are stored together or not at all. The store may combine several sets in one transaction; a set that
/// fails does not affect the others.
/// </summary>
internal sealed class WriteSet
{
    private IReadOnlyList<EventEntry> _events = [];

    /// <summary>A new conversation. Changes of existing ones go through <see cref="IStore.ChangeAsync{T}"/>.</summary>
    public ConversationRow? Conversation { get; init; }

    /// <summary>A new session.</summary>
    public SessionRow? Session { get; init; }

    public RunRow? StartedRun { get; init; }

    /// <summary>The ends of runs. The end of a run that is not stored is ignored; when a run has ended already, the set is stale.</summary>
    public IReadOnlyList<RunOutcome> EndedRuns { get; init; } = [];

    /// <summary>The end of the only run that the set ends; null for none.</summary>
    public RunOutcome? EndedRun
    {
        init => EndedRuns = value is null ? [] : [value];
    }

    public IReadOnlyList<MessageRow> Messages { get; init; } = [];

    /// <summary>Members of the <c>meta</c> of conversations, which are set. A conversation that is not stored is ignored.</summary>
    public IReadOnlyList<MetaMember> Metas { get; init; } = [];

    public IReadOnlyList<LogAppend> Log { get; init; } = [];

    public IReadOnlyList<UsageRow> Usages { get; init; } = [];

    /// <summary>The usage of the only run of the set; null for none.</summary>
    public UsageRow? Usage
    {
        init => Usages = value is null ? [] : [value];
    }

    /// <summary>The use that is added to the session's totals.</summary>
    public SessionUse? SessionUse { get; init; }

    /// <summary>Audit records. The store sets their number and hash.</summary>
    public IReadOnlyList<AuditRow> Audit { get; init; } = [];

    /// <summary>Entries of the event log about what the set stores.</summary>
    public IReadOnlyList<EventEntry> Events
    {
        get => _events;
        init => _events = value;
    }

    public IReadOnlyList<IdempotencyRow> IdempotencyKeys { get; init; } = [];

    /// <summary>The idempotency key of a set that belongs to one request; null for a request without a key.</summary>
    public IdempotencyRow? Idempotency
    {
        init => IdempotencyKeys = value is null ? [] : [value];
    }

    /// <summary>Removes the entries of the event log. A store that keeps no events calls this first.</summary>
    public void DropEvents() => _events = [];

    /// <summary>Returns the approximate number of bytes of the set.</summary>
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

/// <summary>Lines <paramref name="First"/> to <paramref name="Last"/> of a log. The memory must not change until they are stored.</summary>
internal readonly record struct LogAppend(string LogId, long First, long Last, ReadOnlyMemory<byte> Lines, long CreatedAt);

/// <summary>A member of the <c>meta</c> of a conversation. The value is JSON.</summary>
internal sealed record MetaMember(string AccountId, string ConversationId, string Name, string Value);

internal sealed record RunOutcome(string RunId, string Reason, long EndedAt);

/// <summary>The use by a request or run of a session.</summary>
internal sealed record SessionUse(string SessionId, int Messages = 0, long Tokens = 0, long AttachmentBytes = 0);
