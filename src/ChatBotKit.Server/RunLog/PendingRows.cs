using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.RunLog;

/// <summary>Rows of a writer that wait for the next commit of a log.</summary>
internal sealed class PendingRows
{
    // Most batches have only tokens, so the lists are created on demand.
    private List<MessageRow>? _messages;
    private List<IdempotencyRow>? _keys;
    private List<EventEntry>? _events;
    private List<MetaMember>? _metas;
    private List<RunOutcome>? _ended;
    private List<UsageRow>? _usages;

    /// <summary>The run that the log belongs to. Runs that write to a channel are stored before they write.</summary>
    public RunRow? StartedRun { get; set; }

    public SessionUse? SessionUse { get; private set; }

    public void Add(MessageRow message) => (_messages ??= []).Add(message);

    public void Add(RunOutcome ended) => (_ended ??= []).Add(ended);

    public void Add(MetaMember meta) => (_metas ??= []).Add(meta);

    public void Add(UsageRow usage) => (_usages ??= []).Add(usage);

    public void Add(EventEntry entry) => (_events ??= []).Add(entry);

    public void Add(IdempotencyRow? key)
    {
        if (key is not null)
            (_keys ??= []).Add(key);
    }

    /// <summary>
    /// Adds the use to the one that is pending. All uses belong to the same session, because only one session writes to a log.
    /// </summary>
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

    /// <summary>Makes one write set of the rows of all pieces and their lines.</summary>
    public static WriteSet ToWriteSet(IReadOnlyList<LogPiece> pieces, IReadOnlyList<LogAppend> log)
    {
        if (pieces is [{ Rows: var rows }])
            return (rows ?? new PendingRows()).ToWriteSet(log);
        var all = new PendingRows();
        foreach (var piece in pieces)
        {
            if (piece.Rows is not null)
                all.Add(piece.Rows);
        }

        return all.ToWriteSet(log);
    }

    private static void Add<T>(ref List<T>? rows, List<T>? others)
    {
        if (others is not null)
            (rows ??= []).AddRange(others);
    }

    private void Add(PendingRows others)
    {
        Add(ref _messages, others._messages);
        Add(ref _keys, others._keys);
        Add(ref _events, others._events);
        Add(ref _metas, others._metas);
        Add(ref _ended, others._ended);
        Add(ref _usages, others._usages);
        Add(others.SessionUse);
    }

    private WriteSet ToWriteSet(IReadOnlyList<LogAppend> log) => new()
    {
        StartedRun = StartedRun,
        EndedRuns = (IReadOnlyList<RunOutcome>?)_ended ?? [],
        Messages = (IReadOnlyList<MessageRow>?)_messages ?? [],
        Events = (IReadOnlyList<EventEntry>?)_events ?? [],
        Metas = (IReadOnlyList<MetaMember>?)_metas ?? [],
        Usages = (IReadOnlyList<UsageRow>?)_usages ?? [],
        SessionUse = SessionUse,
        IdempotencyKeys = (IReadOnlyList<IdempotencyRow>?)_keys ?? [],
        Log = log,
    };
}
