using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Log;

/// <summary>Rows that wait for the next commit of a log.</summary>
internal sealed class PendingRows
{
    // Most batches are tokens and nothing else.
    private List<MessageEntity>? _messages;
    private List<IdempotencyEntity>? _keys;

    public RunEntity? StartedRun { get; set; }

    public RunOutcome? EndedRun { get; set; }

    public UsageEntity? Usage { get; set; }

    public SessionUse? SessionUse { get; private set; }

    public void Add(MessageEntity message) => (_messages ??= []).Add(message);

    public void Add(IdempotencyEntity? key)
    {
        if (key is not null)
            (_keys ??= []).Add(key);
    }

    /// <summary>Adds to what is there: only one session writes to the same log.</summary>
    public void Add(SessionUse? use)
    {
        if (use is not null)
            SessionUse = SessionUse is { } before
                ? use with
                {
                    Messages = before.Messages + use.Messages,
                    Tokens = before.Tokens + use.Tokens,
                    AttachmentBytes = before.AttachmentBytes + use.AttachmentBytes,
                }
                : use;
    }

    public WriteSet ToWriteSet(IReadOnlyList<LogAppend> log) => new()
    {
        StartedRun = StartedRun,
        EndedRun = EndedRun,
        Messages = (IReadOnlyList<MessageEntity>?)_messages ?? [],
        Usage = Usage,
        SessionUse = SessionUse,
        IdempotencyKeys = (IReadOnlyList<IdempotencyEntity>?)_keys ?? [],
        Log = log,
    };
}
