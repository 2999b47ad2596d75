using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Rows of the hot path that are stored together or not at all. The store may put several sets into one transaction;
/// one that fails never takes another down with it.
/// </summary>
internal sealed class WriteSet
{
    /// <summary>A new one: a change of an old one goes through <see cref="IStore.ChangeAsync{T}"/>.</summary>
    public ConversationEntity? Conversation { get; init; }

    /// <summary>A new one, too.</summary>
    public SessionEntity? Session { get; init; }

    public RunEntity? StartedRun { get; init; }

    /// <summary>Ends a run, if it is stored; a set for a run that has ended already is stale.</summary>
    public RunOutcome? EndedRun { get; init; }

    public IReadOnlyList<MessageEntity> Messages { get; init; } = [];

    public IReadOnlyList<LogAppend> Log { get; init; } = [];

    public UsageEntity? Usage { get; init; }

    /// <summary>Is added to what the session has used.</summary>
    public SessionUse? SessionUse { get; init; }

    /// <summary>Get their number and hash when they are stored.</summary>
    public IReadOnlyList<AuditEntity> Audit { get; init; } = [];

    public IReadOnlyList<IdempotencyEntity> IdempotencyKeys { get; init; } = [];

    /// <summary>The one key of a set that belongs to one request; null for a request without a key.</summary>
    public IdempotencyEntity? Idempotency
    {
        init => IdempotencyKeys = value is null ? [] : [value];
    }
}

/// <summary>Lines <paramref name="First"/> to <paramref name="Last"/> of a log; the memory stays untouched until they are stored.</summary>
internal readonly record struct LogAppend(string LogId, long First, long Last, ReadOnlyMemory<byte> Lines, long CreatedAt);

internal sealed record RunOutcome(string RunId, string Reason, long EndedAt);

/// <summary>What a request or run of a session has used.</summary>
internal sealed record SessionUse(string SessionId, int Messages = 0, long Tokens = 0, long AttachmentBytes = 0);
