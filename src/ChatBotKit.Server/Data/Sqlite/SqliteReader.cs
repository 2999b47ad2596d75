using ChatBotKit.Server.Data.Rows;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>A read-only connection with the prepared reads of the hot path. Not thread-safe.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _prepared = [];
    private readonly SqliteStatement _conversation;
    private readonly SqliteStatement _log;
    private readonly SqliteStatement _lastLogNumber;
    private readonly SqliteStatement _run;
    private readonly SqliteStatement _openRuns;
    private readonly SqliteStatement _session;
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
        _conversation = Prepare(ConversationTable.Rows.Select(SqlTable<ConversationRow>.ById));
        Messages = new SqliteMessages(_connection);
        _log = Prepare(LogBatchTable.Rows.Select(LogBatchTable.After));
        _lastLogNumber = Prepare(LogBatchTable.LastNumber);
        LogOrder = new SqliteLogOrder(_connection);
        _run = Prepare(RunTable.Rows.Select(SqlTable<RunRow>.ById));
        _openRuns = Prepare(RunTable.Rows.Select(RunTable.Open));
        _session = Prepare(SessionTable.Rows.Select(SessionTable.Usable));
        _apiToken = Prepare(ApiTokenTable.Rows.Select(ApiTokenTable.OfHash));
        _idempotency = Prepare(IdempotencyTable.Rows.Select(IdempotencyTable.OfKey));
        _apiTokens = Prepare(ApiTokenTable.Rows.Select(ApiTokenTable.OfOwners));
        _serverOwner = Prepare(AccountTable.Owner);
        _signingKeys = Prepare(SigningKeyTable.Rows.Select(SigningKeyTable.NewestFirst));
    }

    /// <summary>Runs queries in one transaction, so that they all see the same state of the database.</summary>
    public T Run<T>(Func<ISqlSession, ValueTask<T>> query)
    {
        _begin.Execute();
        IsReusable = false;
        try
        {
            var result = SqliteSession.ResultOf(query(_queries));
            _end.Execute();
            return result;
        }
        catch (Exception exception) when (exception is not (SqliteException or InvalidOperationException))
        {
            _end.Execute();
            IsReusable = true;
            throw;
        }
    }

    /// <summary>Whether the last <see cref="Run"/> failed only because of its query. Then the connection is still usable.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>The messages of conversations.</summary>
    public SqliteMessages Messages { get; }

    /// <summary>The log batches in the order in which they were stored.</summary>
    public SqliteLogOrder LogOrder { get; }

    public ConversationSnapshot? LoadConversation(string conversationId, int maxMessages)
    {
        // One transaction for both reads: they see the same state, and the locks, which cost more than the reads, are taken once.
        _begin.Execute();
        var messages = Messages.Newest(conversationId, Math.Max(1, maxMessages));
        var conversation = FindConversation(conversationId);
        _end.Execute();
        if (conversation is null)
            return null;
        var (position, createdAt) = messages.Count > 0 ? (messages[0].Position, messages[0].CreatedAt) : (0, 0);
        messages.Reverse();
        return new ConversationSnapshot(conversation, maxMessages > 0 ? messages : [], position, createdAt);
    }

    public ConversationRow? FindConversation(string conversationId) =>
        SqliteRows.Single(_conversation.Query(conversationId), ConversationTable.Rows.Read);

    public IReadOnlyList<LogBatchRow> ReadLog(string logId, long after, int maxBytes)
    {
        using var rows = _log.Query(logId, after);
        var batches = new List<LogBatchRow>();
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

    public RunRow? FindRun(string runId) => SqliteRows.Single(_run.Query(runId), RunTable.Rows.Read);

    public IReadOnlyList<RunRow> ListOpenRuns() => SqliteRows.List(_openRuns.Query(), RunTable.Rows.Read);

    public SessionRow? FindSession(string sessionId) => SqliteRows.Single(_session.Query(sessionId), SessionTable.Rows.Read);

    public ApiTokenRow? FindApiToken(ReadOnlyMemory<byte> hash) =>
        SqliteRows.Single(_apiToken.Query(hash.ToArray()), ApiTokenTable.Rows.Read);

    public IdempotencyRow? FindIdempotency(string scope, string key) =>
        SqliteRows.Single(_idempotency.Query(scope, key), IdempotencyTable.Rows.Read);

    public IReadOnlyList<ApiTokenRow> ListApiTokens() => SqliteRows.List(_apiTokens.Query(), ApiTokenTable.Rows.Read);

    public string? FindServerOwner() => SqliteRows.Single(_serverOwner.Query(), static row => row.GetString(0));

    public IReadOnlyList<SigningKeyRow> ListSigningKeys() => SqliteRows.List(_signingKeys.Query(), SigningKeyTable.Rows.Read);

    public void Dispose()
    {
        _prepared.ForEach(statement => statement.Dispose());
        LogOrder.Dispose();
        Messages.Dispose();
        _queries.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _prepared.Add(statement);
        return statement;
    }
}
