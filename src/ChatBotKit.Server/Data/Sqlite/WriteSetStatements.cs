using System.Runtime.InteropServices;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The prepared inserts of the hot path on the writer's connection.</summary>
internal sealed class WriteSetStatements : IDisposable
{
    private readonly SqliteStatement _conversation;
    private readonly SqliteStatement _session;
    private readonly SqliteStatement _startedRun;
    private readonly SqliteStatement _endedRun;
    private readonly SqliteStatement _message;
    private readonly SqliteStatement _counts;
    private readonly SqliteStatement _meta;
    private readonly SqliteStatement _log;
    private readonly SqliteStatement _usage;
    private readonly SqliteStatement _idempotency;
    private readonly SqliteStatement _sessionUse;
    private readonly SqliteEvents _events;
    private readonly AuditChain _audit;
    private readonly SqliteStatement[] _all;

    public WriteSetStatements(SqliteConnection connection)
    {
        _conversation = Insert(connection, ConversationTable.Rows);
        _session = Insert(connection, SessionTable.Rows);
        _startedRun = Insert(connection, RunTable.Rows);
        _message = Insert(connection, MessageTable.Rows);
        _usage = Insert(connection, UsageTable.Rows);
        _idempotency = Insert(connection, IdempotencyTable.Rows);
        _endedRun = new SqliteStatement(connection, RunTable.End);
        _counts = new SqliteStatement(connection, ConversationDayTable.Add);
        _meta = new SqliteStatement(connection, ConversationTable.SetMetaOnSqlite);
        _log = new SqliteStatement(connection, LogBatchTable.Append);
        _sessionUse = new SqliteStatement(connection, SessionTable.AddUse);
        _events = new SqliteEvents(connection);
        _audit = new AuditChain(connection);
        _all = [_conversation, _session, _startedRun, _endedRun, _message, _counts, _meta, _log, _usage, _idempotency, _sessionUse];
    }

    /// <summary>Clears cached state. The writer calls this when a transaction ends.</summary>
    /// <param name="isStored">Whether the transaction was committed.</param>
    public void Forget(bool isStored)
    {
        _audit.Forget();
        if (!isStored)
            _events.Forget();
    }

    /// <summary>
    /// Inserts the rows, parents before their children. The idempotency key comes first, so that a repeated request fails with its
    /// key and not as a stale write.
    /// </summary>
    public void Execute(WriteSet writes)
    {
        foreach (var key in writes.IdempotencyKeys)
            _idempotency.Execute(IdempotencyTable.Rows, key);
        if (writes.Conversation is { } conversation)
            _conversation.Execute(ConversationTable.Rows, conversation);
        if (writes.Session is { } session)
            _session.Execute(SessionTable.Rows, session);
        if (writes.StartedRun is { } run)
            _startedRun.Execute(RunTable.Rows, run);
        foreach (var message in writes.Messages)
            Insert(message);
        foreach (var count in MessageCount.Of(writes.Messages, writes.Usages))
            _counts.Execute(count.ConversationId, count.Day, count.User, count.Bot, count.Activities, count.Other, count.Tokens);
        foreach (var meta in writes.Metas)
            _meta.Execute(meta.ConversationId, meta.Name, meta.Value);
        foreach (var append in writes.Log)
            Insert(append);
        foreach (var usage in writes.Usages)
            _usage.Execute(UsageTable.Rows, usage);
        if (writes.SessionUse is { } use)
            _sessionUse.Execute(use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
        Append(writes.Audit);
        foreach (var end in writes.EndedRuns)
            End(end);
        foreach (var entry in writes.Events)
            Append(entry);
    }

    /// <summary>Appends the records to the chains of their accounts.</summary>
    public void Append(IReadOnlyList<AuditRow> records)
    {
        foreach (var record in records)
            Append(record);
    }

    /// <summary>Appends the record to the chain of its account.</summary>
    public void Append(AuditRow record) => _audit.Append(record);

    /// <summary>Adds an entry to the event log.</summary>
    public void Append(EventEntry entry) => _events.Append(entry);

    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
        _events.Dispose();
        _audit.Dispose();
    }

    private void Insert(MessageRow row)
    {
        try
        {
            _message.Execute(MessageTable.Rows, row);
        }
        catch (SqliteException exception) when (SqliteErrors.IsUniqueViolation(exception))
        {
            // A duplicate id has another error code, because it is the primary key. So this is the position.
            throw new StaleWriteException($"Position {row.Position} of the conversation is already taken.", exception);
        }
    }

    private void Insert(LogAppend append)
    {
        try
        {
            _log.Execute(append.LogId, append.First, append.Last, ToArray(append.Lines), append.CreatedAt);
        }
        catch (SqliteException exception) when (SqliteErrors.IsMissingValue(exception))
        {
            throw new StaleWriteException($"Line {append.First} of the log is not the next one.", exception);
        }
    }

    private void End(RunOutcome end)
    {
        try
        {
            _endedRun.Execute(end.RunId, end.Reason, end.EndedAt);
        }
        catch (SqliteException exception) when (SqliteErrors.IsMissingValue(exception))
        {
            throw new StaleWriteException($"Run {end.RunId} has ended already.", exception);
        }
    }

    private static SqliteStatement Insert<T>(SqliteConnection connection, SqlTable<T> table) => new(connection, table.Insert);

    private static byte[] ToArray(ReadOnlyMemory<byte> lines) =>
        MemoryMarshal.TryGetArray(lines, out var segment) && segment.Array!.Length == lines.Length ? segment.Array : lines.ToArray();
}
