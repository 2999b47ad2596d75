using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// The store on a SQLite file. All writes go through one <see cref="SqliteWriter"/>; reads run prepared statements on pooled
/// connections.
/// </summary>
internal sealed class SqliteStore : IOpenStore
{
    private readonly ChangeFeed _changes;
    private readonly bool _keepsEvents;
    private readonly StoreHealth _health = new();
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly SqliteSpaceRelease _release;
    private bool _disposed;

    private SqliteStore(DataDirectory directory, SqliteConnections connections, ChangeFeed changes, bool keepsEvents)
    {
        (Directory, Connections, Blobs, _changes, _keepsEvents) = (directory, connections, DirectoryBlobs.Of(directory), changes, keepsEvents);
        _writer = new SqliteWriter(connections, _health, keepsEvents);
        _readers = new SqliteReaders(connections, _health);
        _release = new SqliteSpaceRelease(connections, _writer);
    }

    public long Transactions => _writer.Transactions;

    public IBlobStore Blobs { get; }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; }

    /// <summary>Opens connections to the database.</summary>
    public SqliteConnections Connections { get; }

    /// <summary>Locks the data directory, migrates the database if it is older than the program, and opens it.</summary>
    /// <exception cref="StartupException">The directory or the database can't be used.</exception>
    public static async Task<SqliteStore> OpenAsync(
        StoreOptions options, ChangeFeed changes, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Hold(options.DataDirectory);
        try
        {
            var connections = SqliteSchema.ConnectionsIn(options);
            new SqliteSchema(connections, directory, time, logger).Prepare();
            DataPermissions.Check(directory, logger);
            SqliteErrors.WarnOfNetwork(directory.Path, logger);
            return new SqliteStore(directory, connections, changes, options.KeepsEvents);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements without parameters in one transaction.</summary>
    public Task RunAsync(IReadOnlyList<string> statements) => WorkAsync(
        session =>
        {
            foreach (var statement in statements)
                session.RunToTheEnd(statement);
            return true;
        },
        CancellationToken.None);

    /// <summary>Refuses all writes from now on. When the task completes, all writes that were acknowledged can be read.</summary>
    public Task RefuseWritesAsync(StoreUnavailableException refusal) => _writer.RefuseAsync(refusal);

    /// <summary>Ends <see cref="RefuseWritesAsync"/>.</summary>
    public void AcceptWrites() => _writer.Accept();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Taking the write lock needs no flush of the disk. Only after a failed write, a real one must show that the cause is gone.
        var writes = _health.LastWriteFailed;
        await WorkAsync(session => writes ? SqliteSweeps.ChangeNothing(session) : 0, cancellationToken);
        await FindSessionAsync("", cancellationToken);
        if (_health.IsDamaged)
            throw new StoreUnavailableException("The database is damaged. Restore it from a backup or a snapshot.") { IsDamage = true };
    }

    public async Task CommitAsync(WriteSet writes)
    {
        if (!_keepsEvents)
            writes.DropEvents();
        var operation = new CommitOperation(writes);
        await _writer.EnqueueAsync(operation, CancellationToken.None);
        await operation.Task;
        _changes.Publish(writes);
    }

    public Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        WorkAsync(session => session.Change(change), cancellationToken);

    public ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) => _readers.ReadAsync(
        query, static (reader, run) => reader.Run(run), cancellationToken);

    public ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken) => _readers.ReadAsync(
            (conversationId, maxMessages),
            static (reader, key) => reader.LoadConversation(key.conversationId, key.maxMessages),
            cancellationToken);

    public ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(conversationId, static (reader, id) => reader.FindConversation(id), cancellationToken);

    public ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken) => _readers.ReadAsync(
            (conversationId, cursor, descending, take, maxCharacters),
            static (reader, key) => reader.Messages.List(key.conversationId, key.cursor, key.descending, key.take, key.maxCharacters),
            cancellationToken);

    public ValueTask<MessageRow?> FindMessageAsync(
        string conversationId, string messageId, CancellationToken cancellationToken) => _readers.ReadAsync(
            (conversationId, messageId),
            static (reader, key) => reader.Messages.Find(key.conversationId, key.messageId),
            cancellationToken);

    public ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => _readers.ReadAsync(
            (logId, after, maxBytes),
            static (reader, key) => reader.ReadLog(key.logId, key.after, key.maxBytes),
            cancellationToken);

    public ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(logId, static (reader, id) => reader.LastLogNumber(id), cancellationToken);

    public ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(runId, static (reader, id) => reader.FindRun(id), cancellationToken);

    public ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (reader, _) => reader.ListOpenRuns(), cancellationToken);

    public ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(sessionId, static (reader, id) => reader.FindSession(id), cancellationToken);

    public ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        _readers.ReadAsync(hash, static (reader, wanted) => reader.FindApiToken(wanted), cancellationToken);

    public ValueTask<IdempotencyRow?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken) =>
        _readers.ReadAsync((scope, key), static (reader, pair) => reader.FindIdempotency(pair.scope, pair.key), cancellationToken);

    public ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (reader, _) => reader.ListApiTokens(), cancellationToken);

    public Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken) =>
        ChangeAsync(db => db.NoteApiTokenUsesAsync(uses), cancellationToken);

    public ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (reader, _) => reader.FindServerOwner(), cancellationToken);

    public ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(0, static (reader, _) => reader.ListSigningKeys(), cancellationToken);

    public Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken) =>
        SweepAsync(SqliteSweeps.DeleteEndedRuns, endedBefore, cancellationToken);

    public Task<long> DeleteLogBatchesWithoutRunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken) =>
        new SqliteLogSweep(_readers, WorkAsync).RunAsync(afterRow, createdBefore, keepsNumber, cancellationToken);

    public Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken) =>
        SweepAsync(SqliteSweeps.DeleteIdempotencyKeys, createdBefore, cancellationToken);

    public Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken) =>
        SweepAsync(SqliteSweeps.DeleteExpiredConversations, expiredBefore, cancellationToken);

    public Task ReleaseSpaceAsync(CancellationToken cancellationToken) =>
        _release.RunAsync(step => WorkAsync(step, cancellationToken), cancellationToken);

    public Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken) =>
        SqliteSnapshot.TakeAsync(Connections, path, cancellationToken);

    /// <summary>Stores the queued writes, closes the database and releases the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        try
        {
            await _writer.DrainAsync();
            await _readers.DisposeAsync();
        }
        finally
        {
            // The writer's connection must be the last to close, because the last one empties and removes the write-ahead log.
            _writer.Dispose();
            Directory.Dispose();
        }
    }

    private async Task<int> SweepAsync(
        Func<SqliteWriterSession, long, int> deleteBatch, long before, CancellationToken cancellationToken)
    {
        var (total, deleted) = (0, SqliteSweeps.BatchSize);
        for (; deleted >= SqliteSweeps.BatchSize; total += deleted)
            deleted = await WorkAsync(session => deleteBatch(session, before), cancellationToken);
        return total;
    }

    private async Task<T> WorkAsync<T>(Func<SqliteWriterSession, T> work, CancellationToken cancellationToken)
    {
        var operation = new WorkOperation<T>(work, cancellationToken);
        await _writer.EnqueueAsync(operation, cancellationToken);
        var result = await operation.Task;
        foreach (var change in operation.Announced ?? [])
            _changes.Publish(change);
        return result;
    }
}
