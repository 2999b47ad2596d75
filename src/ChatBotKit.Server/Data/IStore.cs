using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The database behind an interface. Each database has one implementation; SQLite is the default. No code outside this folder knows
/// which database is in use.
/// </summary>
internal interface IStore
{
    /// <summary>Stores the set. When the task completes, the rows are durable.</summary>
    /// <exception cref="StaleWriteException">
    /// A message position is already taken, a log number is not the next one, or a run has ended.
    /// </exception>
    /// <exception cref="MissingParentException">The conversation of a message, run or session no longer exists.</exception>
    /// <exception cref="DuplicateKeyException">An idempotency key or the id of a row is already stored.</exception>
    /// <exception cref="StoreUnavailableException">The disk is full or fails, or the store is closed.</exception>
    Task CommitAsync(WriteSet writes);

    /// <summary>
    /// Loads a conversation with its last messages, oldest first; null when it does not exist. The messages together have at most
    /// <see cref="ConversationSnapshot.MaxCharacters"/> characters.
    /// </summary>
    ValueTask<ConversationSnapshot?> LoadConversationAsync(string conversationId, int maxMessages, CancellationToken cancellationToken);

    /// <summary>Loads a conversation without messages; null when it does not exist.</summary>
    ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>
    /// Lists messages after (or, descending, before) the message with id <paramref name="cursor"/>; empty when the cursor is
    /// unknown. The list ends once it has <paramref name="maxCharacters"/> characters, but has at least one message if there is
    /// one.
    /// </summary>
    ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken);

    ValueTask<MessageRow?> FindMessageAsync(string conversationId, string messageId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads whole batches with lines after <paramref name="after"/>, in order, up to about <paramref name="maxBytes"/>; at least
    /// one batch if there is one.
    /// </summary>
    ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(string logId, long after, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Returns the number of the log's last line; 0 when the log is empty.</summary>
    ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken);

    ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Lists runs that have not ended. At start these are the runs that the previous process left behind.</summary>
    ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken);

    /// <summary>Finds a session, active or over; null when it does not exist, or when its account is being deleted.</summary>
    ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Finds the API token whose stored hash is <paramref name="hash"/>.</summary>
    ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>Lists the API tokens of accounts without a parent, newest first, including expired and revoked ones.</summary>
    ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken);

    /// <summary>Stores when tokens were last used. A time that is older than the stored one is ignored.</summary>
    Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken);

    ValueTask<IdempotencyRow?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken);

    /// <summary>Returns the id of the oldest account without a parent; null before the first start has created it.</summary>
    ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken);

    /// <summary>Lists all signing keys, newest first.</summary>
    ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="query"/> on a connection. The query may await only the tasks of this connection.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken);

    /// <summary>
    /// Runs <paramref name="change"/> in a transaction. When the task completes, the change is durable. The change is run again
    /// from the start when another change in its group fails, so its only effect must be on the transaction, and it may await only
    /// the tasks of the transaction.
    /// </summary>
    /// <exception cref="DuplicateKeyException">The key of an inserted row is already stored.</exception>
    /// <exception cref="MissingParentException">The parent of an inserted row no longer exists.</exception>
    /// <exception cref="StoreUnavailableException">The disk is full or fails, or the store is closed.</exception>
    Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken);
}

/// <summary>The time at which an API token was used, in Unix milliseconds.</summary>
internal readonly record struct ApiTokenUse(string TokenId, long At);

/// <summary>A conversation as the engine loads it.</summary>
/// <param name="Conversation">The settings.</param>
/// <param name="Messages">The last messages, oldest first.</param>
/// <param name="LastPosition">The position of the newest message; 0 when there is none.</param>
/// <param name="LastCreatedAt">The time of the newest message in Unix milliseconds; 0 when there is none.</param>
internal sealed record ConversationSnapshot(
    ConversationRow Conversation, IReadOnlyList<MessageRow> Messages, long LastPosition, long LastCreatedAt)
{
    /// <summary>
    /// The maximum number of characters of text and meta that is loaded, except for a single message that is longer. It is far more
    /// than any model reads, and small enough for memory.
    /// </summary>
    public const int MaxCharacters = 8 * 1024 * 1024;
}
