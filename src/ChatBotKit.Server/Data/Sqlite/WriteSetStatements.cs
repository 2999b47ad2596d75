using System.Runtime.InteropServices;
using ChatBotKit.Server.Data.Entities;
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
    private readonly SqliteStatement _log;
    private readonly SqliteStatement _usage;
    private readonly SqliteStatement _idempotency;
    private readonly SqliteStatement _sessionUse;
    private readonly AuditChain _audit;
    private readonly SqliteStatement[] _all;

    public WriteSetStatements(SqliteConnection connection)
    {
        _conversation = SqliteStatement.Insert(connection, "Conversations", "Id", "AccountId", "Name", "Description",
            "ContactId", "TaskId", "SpaceId", "BotId", "Model", "Backstory", "DatasetId", "SkillsetId", "Privacy",
            "Moderation", "Meta", "ExpiresAt", "CreatedAt", "UpdatedAt");
        _session = SqliteStatement.Insert(connection, "Sessions", "Id", "AccountId", "ConversationId", "ContactId",
            "Permissions", "Origins", "Refreshable", "CreatedAt", "ExpiresAt", "AbsoluteExpiresAt", "DurationInSeconds",
            "Generation", "PreviousUntil", "Limits", "Meta", "UsedMessages", "UsedTokens", "UsedAttachmentBytes", "FirstUsedAt",
            "RefreshedAt", "RevokedAt");
        _startedRun = SqliteStatement.Insert(connection, "Runs", "Id", "AccountId", "ConversationId", "SessionId", "LogId", "Kind",
            "StartedAt", "EndedAt", "EndReason", "QuestionId", "QuestionText", "QuestionEntities");
        _message = SqliteStatement.Insert(connection, "Messages", "Id", "ConversationId", "Position", "Type", "Text",
            "Name", "Description", "Meta", "Entities", "CreatedAt", "UpdatedAt", "AnswerFrom");
        _usage = SqliteStatement.Insert(connection, "UsageRecords", "Id", "AccountId", "ConversationId", "SessionId",
            "Model", "InputTokens", "OutputTokens", "Messages", "CreatedAt");
        _idempotency = SqliteStatement.Insert(connection, "IdempotencyKeys", "Scope", "Key", "RequestHash", "Response",
            "ResultId", "CreatedAt");
        // The first end counts: a run that was ended when its server was found dead stays ended so.
        _endedRun = new SqliteStatement(connection, """
            UPDATE "Runs" SET "EndedAt" = $EndedAt, "EndReason" = $Reason, "QuestionText" = NULL, "QuestionEntities" = NULL
            WHERE "Id" = $Id AND "EndedAt" IS NULL
            """, "Id", "Reason", "EndedAt");
        // The primary key alone would let in a batch that begins in the middle of a stored one.
        _log = new SqliteStatement(connection, """
            INSERT INTO "LogBatches" ("LogId", "First", "Last", "Lines", "CreatedAt")
            SELECT $LogId, $First, $Last, $Lines, $CreatedAt
            WHERE $First > coalesce((SELECT "Last" FROM "LogBatches" WHERE "LogId" = $LogId ORDER BY "First" DESC LIMIT 1), 0)
            """, "LogId", "First", "Last", "Lines", "CreatedAt");
        _sessionUse = new SqliteStatement(connection, """
            UPDATE "Sessions" SET "UsedMessages" = "UsedMessages" + $Messages, "UsedTokens" = "UsedTokens" + $Tokens,
                "UsedAttachmentBytes" = "UsedAttachmentBytes" + $AttachmentBytes
            WHERE "Id" = $Id
            """, "Id", "Messages", "Tokens", "AttachmentBytes");
        _audit = new AuditChain(connection);
        _all = [_conversation, _session, _startedRun, _endedRun, _message, _log, _usage, _idempotency, _sessionUse];
    }

    /// <summary>To be called when a transaction ends, however it ends.</summary>
    public void Forget() => _audit.Forget();

    /// <summary>Parents come before their rows; the key first of all, so that a repeated request is told apart from a stale one.</summary>
    public void Execute(WriteSet writes)
    {
        foreach (var key in writes.IdempotencyKeys)
            _idempotency.Execute(key.Scope, key.Key, key.RequestHash, key.Response, key.ResultId, key.CreatedAt);
        if (writes.Conversation is { } conversation)
            Insert(conversation);
        if (writes.Session is { } session)
            Insert(session);
        if (writes.StartedRun is { } run)
            Insert(run);
        foreach (var message in writes.Messages)
            Insert(message);
        foreach (var append in writes.Log)
            Insert(append);
        if (writes.Usage is { } usage)
            Insert(usage);
        if (writes.SessionUse is { } use)
            _sessionUse.Execute(use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
        Append(writes.Audit);
        if (writes.EndedRun is { } end)
            _endedRun.Execute(end.RunId, end.Reason, end.EndedAt);
    }

    /// <summary>Puts the records at the end of their accounts' chains.</summary>
    public void Append(IReadOnlyList<AuditEntity> records)
    {
        foreach (var record in records)
            _audit.Append(record);
    }

    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
        _audit.Dispose();
    }

    private void Insert(ConversationEntity row) => _conversation.Execute(row.Id, row.AccountId, row.Name, row.Description,
        row.ContactId, row.TaskId, row.SpaceId, row.BotId, row.Model, row.Backstory, row.DatasetId, row.SkillsetId,
        row.Privacy, row.Moderation, row.Meta, row.ExpiresAt, row.CreatedAt, row.UpdatedAt);

    private void Insert(SessionEntity row) => _session.Execute(row.Id, row.AccountId, row.ConversationId, row.ContactId,
        row.Permissions, row.Origins, row.Refreshable, row.CreatedAt, row.ExpiresAt, row.AbsoluteExpiresAt, row.DurationInSeconds,
        row.Generation, row.PreviousUntil, row.Limits, row.Meta, row.UsedMessages, row.UsedTokens, row.UsedAttachmentBytes,
        row.FirstUsedAt, row.RefreshedAt, row.RevokedAt);

    private void Insert(RunEntity row) => _startedRun.Execute(
        row.Id, row.AccountId, row.ConversationId, row.SessionId, row.LogId, row.Kind, row.StartedAt, row.EndedAt, row.EndReason,
        row.QuestionId, row.QuestionText, row.QuestionEntities);

    private void Insert(UsageEntity row) => _usage.Execute(row.Id, row.AccountId, row.ConversationId, row.SessionId,
        row.Model, row.InputTokens, row.OutputTokens, row.Messages, row.CreatedAt);

    private void Insert(MessageEntity row)
    {
        try
        {
            _message.Execute(row.Id, row.ConversationId, row.Position, row.Type, row.Text, row.Name, row.Description,
                row.Meta, row.Entities, row.CreatedAt, row.UpdatedAt, row.AnswerFrom);
        }
        catch (SqliteException exception) when (SqliteErrors.IsUniqueViolation(exception))
        {
            // The id is the primary key, which has a code of its own: this is the position.
            throw new StaleWriteException($"Position {row.Position} of the conversation is already taken.", exception);
        }
    }

    private void Insert(LogAppend append)
    {
        var inserted = _log.Execute(append.LogId, append.First, append.Last, ToArray(append.Lines), append.CreatedAt);
        if (inserted == 0)
            throw new StaleWriteException($"Line {append.First} of the log is already taken.");
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> lines) =>
        MemoryMarshal.TryGetArray(lines, out var segment) && segment.Array!.Length == lines.Length ? segment.Array : lines.ToArray();
}
