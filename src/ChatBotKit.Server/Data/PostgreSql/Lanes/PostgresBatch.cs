using ChatBotKit.Server.Data.Rows;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The statements of a group of write sets. They are sent together and run in one transaction.</summary>
internal sealed class PostgresBatch : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch;
    private readonly List<int> _owners = [];
    private int _owner = -1;

    public PostgresBatch(NpgsqlConnection connection) => _batch = new NpgsqlBatch(connection);

    /// <summary>Adds a statement that belongs to the whole group.</summary>
    public void Add(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddValues(values);
        Add(command);
    }

    /// <summary>Adds a statement of the current set, or of the whole group.</summary>
    public void Add(NpgsqlBatchCommand command)
    {
        _batch.BatchCommands.Add(command);
        _owners.Add(_owner);
    }

    /// <summary>
    /// Adds the sets. All audit chains that they append to are locked first. Every batch locks them in the same order, so that two batches
    /// do not deadlock.
    /// </summary>
    /// <param name="commits">The sets.</param>
    /// <param name="events">Adds their events.</param>
    public void AddSets(IReadOnlyList<PostgresCommit> commits, PostgresEvents events)
    {
        foreach (var account in commits.SelectMany(commit => commit.Writes.Audit).Select(record => record.AccountId).Distinct().Order(StringComparer.Ordinal))
            Add(PostgresAudit.Lock, account);
        for (_owner = 0; _owner < commits.Count; _owner++)
            AddSet(commits[_owner].Writes);
        _owner = -1;
        AddCounts(commits);
        events.AddTo(this, [.. commits.SelectMany(commit => commit.Writes.Events)]);
    }

    public Task ExecuteAsync() => _batch.ExecuteNonQueryAsync();

    /// <summary>Returns the index of the set whose statement failed; null when it is unknown, or when the statement belongs to the group.</summary>
    public int? OwnerOf(Exception exception)
    {
        if (exception is not NpgsqlException { BatchCommand: NpgsqlBatchCommand failed })
            return null;
        var index = _batch.BatchCommands.IndexOf(failed);
        return index >= 0 && _owners[index] >= 0 ? _owners[index] : null;
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    /// <summary>
    /// Adds the rows, parents before their children. The idempotency key comes first, so that a repeated request fails with its key and
    /// not as a stale write.
    /// </summary>
    private void AddSet(WriteSet writes)
    {
        foreach (var key in writes.IdempotencyKeys)
            Insert(IdempotencyTable.Rows, key);
        if (writes.Conversation is { } conversation)
            Insert(ConversationTable.Rows, conversation);
        if (writes.Session is { } session)
            Insert(SessionTable.Rows, session);
        if (writes.StartedRun is { } run)
            Insert(RunTable.Rows, run);
        foreach (var message in writes.Messages)
            Insert(MessageTable.Rows, message);
        foreach (var meta in writes.Metas)
            Add(ConversationTable.SetMetaOnPostgres, meta.ConversationId, meta.Name, meta.Value);
        foreach (var append in writes.Log)
            Append(append);
        foreach (var usage in writes.Usages)
            Insert(UsageTable.Rows, usage);
        if (writes.SessionUse is { } use)
            Add(SessionTable.AddUse, use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
        foreach (var record in writes.Audit)
            Append(record);
        foreach (var end in writes.EndedRuns)
            Add(RunTable.End, end.RunId, end.Reason, end.EndedAt);
    }

    /// <summary>
    /// Adds the messages and tokens to the rows of their days. Every batch changes these rows last and in the same order, so that two batches do not
    /// deadlock when both have messages of the same conversations.
    /// </summary>
    private void AddCounts(IReadOnlyList<PostgresCommit> commits)
    {
        foreach (var count in MessageCount.Merge(commits.SelectMany(commit => MessageCount.Of(commit.Writes.Messages, commit.Writes.Usages))))
            Add(ConversationDayTable.Add, count.ConversationId, count.Day, count.User, count.Bot, count.Activities, count.Other, count.Tokens);
    }

    private void Insert<T>(SqlTable<T> table, T row) => Add(table.Insert, PostgresSession.Values(table, row));

    private void Append(AuditRow record) => Add(PostgresAudit.Append(record), PostgresAudit.Values(record));

    private void Append(LogAppend append)
    {
        var command = new NpgsqlBatchCommand(LogBatchTable.Append);
        command.Parameters.AddValues([append.LogId, append.First, append.Last]);
        command.Parameters.Add(PostgresParameters.Of(append.Lines));
        command.Parameters.AddValues([append.CreatedAt]);
        Add(command);
    }
}
