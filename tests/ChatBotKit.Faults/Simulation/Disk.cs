using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// The state that survives a crash: the rows, with the rules of the real database. Rows are replaced and never changed in place, so
/// that a row in memory does not change without being read again.
/// </summary>
internal sealed class Disk
{
    private readonly Dictionary<string, List<MessageRow>> _messages = [];
    private readonly Dictionary<string, MessageRow> _messagesById = [];
    private readonly Dictionary<string, List<LogBatchRow>> _logs = [];
    private readonly Dictionary<(string Scope, string Key), IdempotencyRow> _keys = [];

    public Dictionary<string, ConversationRow> Conversations { get; } = [];

    public Dictionary<string, RunRow> Runs { get; } = [];

    public Dictionary<string, SessionRow> Sessions { get; } = [];

    /// <summary>How often each run was ended, including the first time.</summary>
    public Dictionary<string, int> Ends { get; } = [];

    /// <summary>Whether the disk accepts log lines with any number, and a second end of a run.</summary>
    public bool ForgetsTheFence { get; init; }

    public IEnumerable<string> LogIds => _logs.Keys;

    public IReadOnlyList<MessageRow> Messages(string conversationId) =>
        _messages.TryGetValue(conversationId, out var rows) ? rows : [];

    public MessageRow? Message(string id) => _messagesById.GetValueOrDefault(id);

    public IReadOnlyList<LogBatchRow> Log(string logId) => _logs.TryGetValue(logId, out var batches) ? batches : [];

    public long LastNumber(string logId) => Log(logId) is { Count: > 0 } batches ? batches[^1].Last : 0;

    public IdempotencyRow? Key(string scope, string key) => _keys.GetValueOrDefault((scope, key));

    /// <summary>Stores the whole set, or throws the exception of the real store and stores nothing.</summary>
    public void Apply(WriteSet writes)
    {
        Check(writes);
        foreach (var key in writes.IdempotencyKeys)
            _keys.Add((key.Scope, key.Key), key);
        if (writes.StartedRun is { } run)
            Runs.Add(run.Id, Rows.Copy(run));
        foreach (var message in writes.Messages)
            Add(message);
        foreach (var append in writes.Log)
            Add(append);
        if (writes.SessionUse is { } use && Sessions.TryGetValue(use.SessionId, out var session))
            Sessions[use.SessionId] = Rows.Used(session, use);
        foreach (var end in writes.EndedRuns)
        {
            if (!Runs.TryGetValue(end.RunId, out var ended))
                continue;
            Ends[end.RunId] = Ends.GetValueOrDefault(end.RunId) + 1;
            Runs[end.RunId] = Rows.Ended(ended, end);
        }
    }

    /// <summary>Deletes a conversation and the rows that the real database deletes with it.</summary>
    public void Remove(string conversationId)
    {
        Conversations.Remove(conversationId);
        if (_messages.Remove(conversationId, out var rows))
        {
            foreach (var row in rows)
                _messagesById.Remove(row.Id);
        }
        foreach (var run in Runs.Values.Where(run => run.ConversationId == conversationId).ToList())
            Runs.Remove(run.Id);
        foreach (var session in Sessions.Values.Where(session => session.ConversationId == conversationId).ToList())
            Sessions.Remove(session.Id);
    }

    /// <exception cref="DuplicateKeyException">A key or an id is taken.</exception>
    /// <exception cref="StaleWriteException">A position is taken, a number is not the next one, or a run has ended.</exception>
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
    private void Check(WriteSet writes)
    {
        foreach (var key in writes.IdempotencyKeys)
        {
            if (_keys.ContainsKey((key.Scope, key.Key)))
                throw new DuplicateKeyException($"The key {key.Key} is taken.");
        }
        if (writes.StartedRun is { } run)
        {
            if (Runs.ContainsKey(run.Id))
                throw new DuplicateKeyException($"The run {run.Id} is taken.");
            RequireConversation(run.ConversationId!);
        }
        Check(writes.Messages);
        foreach (var append in writes.Log)
        {
            if (!ForgetsTheFence && append.First != LastNumber(append.LogId) + 1)
                throw new StaleWriteException($"Line {append.First} of the log is not the next one.");
        }
        foreach (var end in writes.EndedRuns)
        {
            if (!ForgetsTheFence && Runs.TryGetValue(end.RunId, out var ended) && ended.EndedAt is not null)
                throw new StaleWriteException($"Run {end.RunId} has ended already.");
        }
    }

    private void Check(IReadOnlyList<MessageRow> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var row = messages[i];
            if (_messagesById.ContainsKey(row.Id) || messages.Take(i).Any(one => one.Id == row.Id))
                throw new DuplicateKeyException($"The message {row.Id} is taken.");
            var isTaken = _messages.TryGetValue(row.ConversationId, out var rows) && rows.Exists(one => one.Position == row.Position);
            if (isTaken || messages.Take(i).Any(one => one.ConversationId == row.ConversationId && one.Position == row.Position))
                throw new StaleWriteException($"Position {row.Position} is taken.");
            RequireConversation(row.ConversationId);
        }
    }

    private void RequireConversation(string id)
    {
        if (!Conversations.ContainsKey(id))
            throw new MissingParentException($"There is no conversation {id}.");
    }

    private void Add(MessageRow message)
    {
        if (!_messages.TryGetValue(message.ConversationId, out var rows))
            _messages.Add(message.ConversationId, rows = []);
        var index = rows.FindLastIndex(other => other.Position < message.Position) + 1;
        rows.Insert(index, message);
        _messagesById.Add(message.Id, message);
    }

    private void Add(LogAppend append)
    {
        if (!_logs.TryGetValue(append.LogId, out var batches))
            _logs.Add(append.LogId, batches = []);
        batches.Add(new LogBatchRow
        {
            LogId = append.LogId,
            First = append.First,
            Last = append.Last,
            Lines = append.Lines.ToArray(),
            CreatedAt = append.CreatedAt,
        });
    }
}
