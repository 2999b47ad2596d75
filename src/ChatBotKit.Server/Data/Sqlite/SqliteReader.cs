using ChatBotKit.Server.Data.Entities;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>A read-only connection with the prepared reads of the hot path; one caller at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _prepared = [];
    private readonly SqliteStatement _conversation;
    private readonly SqliteStatement _oldestMessages;
    private readonly SqliteStatement _newestMessages;
    private readonly SqliteStatement _messagesAfter;
    private readonly SqliteStatement _messagesBefore;
    private readonly SqliteStatement _message;
    private readonly SqliteStatement _log;
    private readonly SqliteStatement _lastLogNumber;
    private readonly SqliteStatement _run;
    private readonly SqliteStatement _openRuns;
    private readonly SqliteStatement _session;
    private readonly SqliteStatement _contact;
    private readonly SqliteStatement _apiToken;
    private readonly SqliteStatement _idempotency;
    private readonly SqliteStatement _apiTokens;
    private readonly SqliteStatement _serverOwner;
    private readonly SqliteStatement _signingKeys;
    private readonly SqliteSession _queries;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;

    public SqliteReader(SqliteConnections connections)
    {
        _connection = connections.OpenReader();
        _queries = new SqliteSession(_connection);
        _begin = Prepare("BEGIN");
        _end = Prepare("COMMIT");
        _conversation = Prepare($"""SELECT {ConversationTable.Rows.Columns} FROM "Conversations" WHERE "Id" = $Id""", "Id");
        _oldestMessages = PrepareMessages("", "ASC", "Conversation", "Take");
        _newestMessages = PrepareMessages("", "DESC", "Conversation", "Take");
        _messagesAfter = PrepareMessages(BesideCursor(">"), "ASC", "Conversation", "Take", "Cursor");
        _messagesBefore = PrepareMessages(BesideCursor("<"), "DESC", "Conversation", "Take", "Cursor");
        _message = Prepare($"""
            SELECT {MessageTable.Rows.Columns} FROM "Messages" WHERE "Id" = $Id AND "ConversationId" = $Conversation
            """, "Id", "Conversation");
        // Batches are found by their first line, so the one that holds the wanted line may begin before it.
        _log = Prepare($"""
            SELECT {LogBatchTable.Rows.Columns} FROM "LogBatches"
            WHERE "LogId" = $Log AND "Last" > $After AND "First" >= coalesce(
                (SELECT "First" FROM "LogBatches" WHERE "LogId" = $Log AND "First" <= $After + 1 ORDER BY "First" DESC LIMIT 1), 0)
            ORDER BY "First"
            """, "Log", "After");
        _lastLogNumber = Prepare("""
            SELECT "Last" FROM "LogBatches" WHERE "LogId" = $Log ORDER BY "First" DESC LIMIT 1
            """, "Log");
        LogOrder = new SqliteLogOrder(_connection);
        _run = Prepare($"""SELECT {RunTable.Rows.Columns} FROM "Runs" WHERE "Id" = $Id""", "Id");
        _openRuns = Prepare($"""SELECT {RunTable.Rows.Columns} FROM "Runs" WHERE "EndedAt" IS NULL ORDER BY "StartedAt", rowid """);
        _contact = Prepare($"""SELECT {ContactTable.Rows.Columns} FROM "Contacts" WHERE "Id" = $Id""", "Id");
        _session = Prepare($"""SELECT {SessionTable.Rows.Columns} FROM "Sessions" WHERE "Id" = $Id""", "Id");
        _apiToken = Prepare($"""SELECT {ApiTokenTable.Rows.Columns} FROM "ApiTokens" WHERE "Hash" = $Hash""", "Hash");
        _idempotency = Prepare($"""
            SELECT {IdempotencyTable.Rows.Columns} FROM "IdempotencyKeys" WHERE "Scope" = $Scope AND "Key" = $Key
            """, "Scope", "Key");
        _apiTokens = Prepare($"""SELECT {ApiTokenTable.Rows.Columns} FROM "ApiTokens" ORDER BY "CreatedAt" DESC, "Id" DESC""");
        _serverOwner = Prepare("""SELECT "Id" FROM "Accounts" WHERE "ParentId" IS NULL ORDER BY "CreatedAt", "Id" LIMIT 1""");
        _signingKeys = Prepare($"""SELECT {SigningKeyTable.Rows.Columns} FROM "SigningKeys" ORDER BY "CreatedAt" DESC, "Id" """);
    }

    /// <summary>Runs queries of every kind, which all see the database as it is at one moment.</summary>
    public T Run<T>(Func<ISqlSession, ValueTask<T>> query)
    {
        _begin.Execute();
        var work = query(_queries);
        if (!work.IsCompleted)
            throw new InvalidOperationException("A query awaits only what its session gives it");
        var result = work.GetAwaiter().GetResult();
        _end.Execute();
        return result;
    }

    /// <summary>The batches of logs in the order in which they were stored.</summary>
    public SqliteLogOrder LogOrder { get; }

    public ConversationSnapshot? LoadConversation(string conversationId, int maxMessages)
    {
        // The messages come first: were the conversation deleted between the two reads, then it is not found,
        // rather than found empty.
        var messages = Newest(conversationId, Math.Max(1, maxMessages));
        var conversation = Single(_conversation.Query(conversationId), ConversationTable.Rows.Read);
        if (conversation is null)
            return null;
        var (position, createdAt) = messages.Count > 0 ? (messages[0].Position, messages[0].CreatedAt) : (0, 0);
        messages.Reverse();
        return new ConversationSnapshot(conversation, maxMessages > 0 ? messages : [], position, createdAt);
    }

    /// <summary>At least one when there is one: it tells the position.</summary>
    private List<MessageEntity> Newest(string conversationId, int maxMessages)
    {
        using var rows = _newestMessages.Query(conversationId, maxMessages);
        var messages = new List<MessageEntity>();
        var characters = 0L;
        while (rows.Read())
        {
            var message = MessageTable.Rows.Read(rows);
            characters += message.Text.Length + (message.Meta?.Length ?? 0);
            if (characters > ConversationSnapshot.MaxCharacters && messages.Count > 0)
                break;
            messages.Add(message);
        }

        return messages;
    }

    public IReadOnlyList<MessageEntity> ListMessages(string conversationId, string? cursor, bool descending, int take, int maxCharacters)
    {
        var rows = cursor is null
            ? (descending ? _newestMessages : _oldestMessages).Query(conversationId, take)
            : (descending ? _messagesBefore : _messagesAfter).Query(conversationId, take, cursor);
        using (rows)
        {
            var messages = new List<MessageEntity>();
            for (var held = 0L; held < maxCharacters && rows.Read(); held += messages[^1].Characters)
                messages.Add(MessageTable.Rows.Read(rows));
            return messages;
        }
    }

    public MessageEntity? FindMessage(string conversationId, string messageId) =>
        Single(_message.Query(messageId, conversationId), MessageTable.Rows.Read);

    public IReadOnlyList<LogBatchEntity> ReadLog(string logId, long after, int maxBytes)
    {
        using var rows = _log.Query(logId, after);
        var batches = new List<LogBatchEntity>();
        var bytes = 0;
        while (rows.Read())
        {
            var batch = LogBatchTable.Rows.Read(rows);
            batches.Add(batch);
            bytes += batch.Lines.Length;
            if (bytes >= maxBytes)
                break;
        }

        return batches;
    }

    public long LastLogNumber(string logId)
    {
        using var rows = _lastLogNumber.Query(logId);
        return rows.Read() ? rows.GetInt64(0) : 0;
    }

    public RunEntity? FindRun(string runId) => Single(_run.Query(runId), RunTable.Rows.Read);

    public IReadOnlyList<RunEntity> ListOpenRuns() => List(_openRuns.Query(), RunTable.Rows.Read);

    public SessionEntity? FindSession(string sessionId) => Single(_session.Query(sessionId), SessionTable.Rows.Read);

    public ContactEntity? FindContact(string contactId) => Single(_contact.Query(contactId), ContactTable.Rows.Read);

    public ApiTokenEntity? FindApiToken(ReadOnlyMemory<byte> hash) =>
        Single(_apiToken.Query(hash.ToArray()), ApiTokenTable.Rows.Read);

    public IdempotencyEntity? FindIdempotency(string scope, string key) =>
        Single(_idempotency.Query(scope, key), IdempotencyTable.Rows.Read);

    public IReadOnlyList<ApiTokenEntity> ListApiTokens() => List(_apiTokens.Query(), ApiTokenTable.Rows.Read);

    public string? FindServerOwner() => Single(_serverOwner.Query(), static row => row.GetString(0));

    public IReadOnlyList<SigningKeyEntity> ListSigningKeys() => List(_signingKeys.Query(), SigningKeyTable.Rows.Read);

    public void Dispose()
    {
        _prepared.ForEach(statement => statement.Dispose());
        LogOrder.Dispose();
        _queries.Dispose();
        _connection.Dispose();
    }

    private static string BesideCursor(string comparison) => $"""
        AND "Position" {comparison} (SELECT "Position" FROM "Messages" WHERE "Id" = $Cursor AND "ConversationId" = $Conversation)
        """;

    private SqliteStatement PrepareMessages(string condition, string order, params ReadOnlySpan<string> parameters) => Prepare($"""
        SELECT {MessageTable.Rows.Columns} FROM "Messages" WHERE "ConversationId" = $Conversation {condition}
        ORDER BY "Position" {order} LIMIT $Take
        """, parameters);

    private SqliteStatement Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var statement = new SqliteStatement(_connection, sql, parameters);
        _prepared.Add(statement);
        return statement;
    }

    private static T? Single<T>(SqliteRowReader rows, Func<SqlRow, T> read)
        where T : class
    {
        using (rows)
            return rows.Read() ? read(rows) : null;
    }

    private static List<T> List<T>(SqliteRowReader rows, Func<SqlRow, T> read)
    {
        using (rows)
        {
            var list = new List<T>();
            while (rows.Read())
                list.Add(read(rows));
            return list;
        }
    }
}
