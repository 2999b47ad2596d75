using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// The store on a PostgreSQL database. Write sets go through a few lanes; each lane is a connection that commits groups of sets.
/// Everything else runs on pooled connections.
/// </summary>
internal sealed class PostgresStore : IOpenStore
{
    // The server sends all rows of a query, so a limit keeps it from sending the rest of a long log.
    private const string SomeAfter = $"{LogBatchTable.After} LIMIT 200";

    private readonly DataDirectory? _directory;
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _readers;
    private readonly PostgresLease? _lease;
    private readonly ChangeFeed _feed;
    private readonly PostgresReads _reads;
    private readonly PostgresChanges _changes;
    private readonly PostgresSweeps _sweeps;
    private readonly PostgresReadiness _readiness;
    private readonly PostgresBlobs _blobs;
    private readonly PostgresLanes? _lanes;
    private readonly bool _keepsEvents;
    private volatile bool _isClosed;

    private PostgresStore(
        PostgresSettings settings, NpgsqlDataSource pool, PostgresLease? lease, StoreHealth health, ChangeFeed feed, TimeProvider time,
        bool keepsEvents)
    {
        (_pool, _readers, _lease, _feed, _keepsEvents) = (pool, settings.CreateReadOnlyPool(), lease, feed, keepsEvents);
        _reads = new PostgresReads(_readers);
        _changes = new PostgresChanges(pool, lease, health, feed, keepsEvents);
        _sweeps = new PostgresSweeps(_reads, _changes);
        _readiness = new PostgresReadiness(pool, _reads, _changes, health);
        _blobs = new PostgresBlobs(pool, _readers, time);
    }

    private PostgresStore(
        PostgresSettings settings, DataDirectory directory, NpgsqlDataSource pool, PostgresLease lease, StoreHealth health, ChangeFeed feed,
        TimeProvider time, bool keepsEvents)
        : this(settings, pool, lease, health, feed, time, keepsEvents)
    {
        _directory = directory;
        _lanes = new PostgresLanes(settings, lease, health);
    }

    public long Transactions => _lanes?.Transactions ?? 0;

    public IBlobStore Blobs => _blobs;

    /// <summary>Locks the data directory, migrates the database if it is older than the program, and takes its lease.</summary>
    /// <exception cref="StartupException">The directory or the database can't be used.</exception>
    public static async Task<PostgresStore> OpenAsync(
        StoreOptions options, ChangeFeed feed, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var settings = options.Postgres!;
        var directory = DataDirectory.Hold(options.DataDirectory);
        NpgsqlDataSource? pool = null;
        try
        {
            DataPermissions.Check(directory, logger);
            var (holder, health) = (Ids.New(), new StoreHealth());
            pool = settings.CreatePool(PostgresLease.ConnectionName(holder));
            await new PostgresSchema(settings, time, logger).PrepareAsync(pool, cancellationToken);
            var lease = await PostgresLease.TakeAsync(settings, pool, holder, directory.ReadNodeName(), health, logger, cancellationToken);
            return new PostgresStore(settings, directory, pool, lease, health, feed, time, options.KeepsEvents);
        }
        catch
        {
            pool?.Dispose();
            directory.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the database for a command, without a lease, because a server may be running on it. The store can query and change, but not
    /// commit write sets.
    /// </summary>
    /// <exception cref="StartupException">The database can't be used.</exception>
    public static async Task<PostgresStore> OpenForCommandAsync(PostgresSettings settings, CancellationToken cancellationToken)
    {
        var pool = settings.CreatePool("chatbotkit");
        try
        {
            await new PostgresSchema(settings, TimeProvider.System, NullLogger.Instance).RequireCurrentAsync(pool, cancellationToken);
            return new PostgresStore(settings, pool, lease: null, new StoreHealth(), new ChangeFeed(), TimeProvider.System, keepsEvents: true);
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Usable(_readiness).CheckAsync(cancellationToken);

    public async Task CommitAsync(WriteSet writes)
    {
        if (!_keepsEvents)
            writes.DropEvents();
        await (_lanes ?? throw new InvalidOperationException("A command can't commit write sets.")).CommitAsync(writes);
        _feed.Publish(writes);
    }

    public Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        Usable(_changes).RunAsync(change, cancellationToken);

    public ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        Usable(_reads).ReadConsistentlyAsync(query, cancellationToken);

    public ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken) =>
        QueryAsync(db => PostgresMessages.LoadAsync(db, conversationId, maxMessages), cancellationToken);

    public ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(ConversationTable.Rows, SqlTable<ConversationRow>.ById, conversationId), cancellationToken);

    public ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken) =>
        ReadAsync(db => PostgresMessages.ListAsync(db, conversationId, cursor, descending, take, maxCharacters), cancellationToken);

    public ValueTask<MessageRow?> FindMessageAsync(string conversationId, string messageId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(MessageTable.Rows, MessageTable.InConversation, messageId, conversationId), cancellationToken);

    public ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<LogBatchRow>>(
            async db => (await db.ListAsync(
                LogBatchTable.Rows, new SqlSize<LogBatchRow>(static batch => batch.Lines.Length, maxBytes), SomeAfter, logId, after)).Rows,
            cancellationToken);

    public ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(LogBatchTable.LastNumber, static row => row.GetInt64(0), logId), cancellationToken);

    public ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(RunTable.Rows, SqlTable<RunRow>.ById, runId), cancellationToken);

    public ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RunRow>>(async db => await db.ListAsync(RunTable.Rows, RunTable.Open), cancellationToken);

    public ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(SessionTable.Rows, SessionTable.Usable, sessionId), cancellationToken);

    public ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(ApiTokenTable.Rows, ApiTokenTable.OfHash, hash.ToArray()), cancellationToken);

    public ValueTask<IdempotencyRow?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(IdempotencyTable.Rows, IdempotencyTable.OfKey, scope, key), cancellationToken);

    public ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ApiTokenRow>>(async db => await db.ListAsync(ApiTokenTable.Rows, ApiTokenTable.OfOwners), cancellationToken);

    public Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken) =>
        ChangeAsync(db => db.NoteApiTokenUsesAsync(uses), cancellationToken);

    public ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken) =>
        ReadAsync(db => db.FirstAsync(AccountTable.Owner, static row => row.GetString(0)), cancellationToken);

    public ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<SigningKeyRow>>(async db => await db.ListAsync(SigningKeyTable.Rows, SigningKeyTable.NewestFirst), cancellationToken);

    public Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken) =>
        _sweeps.DeleteEndedRunsAsync(endedBefore, cancellationToken);

    public Task<long> DeleteLogBatchesWithoutRunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken) =>
        _sweeps.DeleteLogBatchesAsync(afterRow, createdBefore, keepsNumber, cancellationToken);

    public Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken) =>
        _sweeps.DeleteIdempotencyKeysAsync(createdBefore, cancellationToken);

    public Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken) =>
        _sweeps.DeleteExpiredConversationsAsync(expiredBefore, cancellationToken);

    /// <summary>Does nothing, because the autovacuum of PostgreSQL reuses the space.</summary>
    public Task ReleaseSpaceAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken) => throw new ApiException(
        ErrorCode.NotImplemented, "This server stores in PostgreSQL, whose backups are made with its own tools, such as pg_dump");

    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_lanes is not null)
            await _lanes.DisposeAsync();
        if (_lease is not null)
            await _lease.DisposeAsync();
        await _readers.DisposeAsync();
        await _pool.DisposeAsync();
        _changes.Dispose();
        _blobs.Dispose();
        _directory?.Dispose();
    }

    private ValueTask<T> ReadAsync<T>(Func<PostgresSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        Usable(_reads).ReadAsync(query, cancellationToken);

    /// <summary>Returns a part of the store, unless the store is closed or another server uses the database.</summary>
    private T Usable<T>(T part) => (_isClosed, _lease) switch
    {
        (true, _) => throw new StoreUnavailableException("The store is closed."),
        (_, { IsLost: true }) => throw new StoreUnavailableException("Another server uses the database now."),
        _ => part,
    };
}
