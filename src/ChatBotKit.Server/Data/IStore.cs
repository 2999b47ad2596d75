using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The database as the server sees it. One implementation per database; SQLite is the default.
/// Nobody outside this folder knows which one it is.
/// </summary>
internal interface IStore
{
    /// <summary>
    /// Stores the set. When the task completes the rows are durable.
    /// </summary>
    /// <exception cref="StaleWriteException">A message position is already taken, a log number is not the next one, or a run has ended.</exception>
    /// <exception cref="MissingParentException">The conversation of a message, run or session is gone.</exception>
    /// <exception cref="DuplicateKeyException">An idempotency key or the id of a row is already stored.</exception>
    /// <exception cref="StoreUnavailableException">The disk is full or fails, or the store is closed.</exception>
    Task CommitAsync(WriteSet writes);

    /// <summary>
    /// The conversation with its last messages, oldest first, of which no more are given than hold
    /// <see cref="ConversationSnapshot.MaxCharacters"/> together; null when there is none of that id.
    /// </summary>
    ValueTask<ConversationSnapshot?> LoadConversationAsync(string conversationId, int maxMessages, CancellationToken cancellationToken);

    /// <summary>The conversation alone; null when there is none of that id.</summary>
    ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>
    /// Messages after (or, descending, before) the message with id <paramref name="cursor"/>; empty when that is unknown. No more
    /// are given once they have <paramref name="maxCharacters"/>; at least one when there is one.
    /// </summary>
    ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken);

    ValueTask<MessageRow?> FindMessageAsync(string conversationId, string messageId, CancellationToken cancellationToken);

    /// <summary>Whole batches that hold lines after <paramref name="after"/>, in order, until about <paramref name="maxBytes"/>; at least one when there is one.</summary>
    ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(string logId, long after, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The number of the log's last line, 0 when it has none.</summary>
    ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken);

    ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Runs without an end: at start, those that the last process left behind.</summary>
    ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken);

    /// <summary>The session, over or not; null when there is none, or when its account is being deleted.</summary>
    ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The token whose stored hash is <paramref name="hash"/>.</summary>
    ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>The API tokens of accounts without a parent, also those that are over, the newest first.</summary>
    ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken);

    /// <summary>Notes when tokens were used last; a time that is older than the stored one changes nothing.</summary>
    Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken);

    ValueTask<IdempotencyRow?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken);

    /// <summary>The id of the oldest account that is nobody's child; null before the first start has made it.</summary>
    ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken);

    /// <summary>All signing keys, the newest first.</summary>
    ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken);

    /// <summary>Lends a connection to <paramref name="query"/>, which awaits nothing but what the connection gives.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken);

    /// <summary>
    /// Runs <paramref name="change"/> in a transaction; when the task completes, what it changed is durable. The change may be run
    /// again from the start when a neighbour in its group fails, so it has no effect but on the transaction, and awaits nothing but
    /// what the transaction gives.
    /// </summary>
    /// <exception cref="DuplicateKeyException">A row with the key of an inserted one is stored already.</exception>
    /// <exception cref="MissingParentException">The row that an inserted one belongs to is gone.</exception>
    /// <exception cref="StoreUnavailableException">The disk is full or fails, or the store is closed.</exception>
    Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken);
}

/// <summary>When an API token was used, in Unix milliseconds.</summary>
internal readonly record struct ApiTokenUse(string TokenId, long At);

/// <summary>A conversation as the engine loads it.</summary>
/// <param name="Conversation">The settings.</param>
/// <param name="Messages">The last messages, oldest first.</param>
/// <param name="LastPosition">Position of the newest message; 0 when there is none.</param>
/// <param name="LastCreatedAt">Time of the newest message in milliseconds; 0 when there is none.</param>
internal sealed record ConversationSnapshot(
    ConversationRow Conversation, IReadOnlyList<MessageRow> Messages, long LastPosition, long LastCreatedAt)
{
    /// <summary>
    /// More text and meta than this is not loaded, except for one message that is longer alone: far more than any model reads,
    /// and little enough for memory.
    /// </summary>
    public const int MaxCharacters = 8 * 1024 * 1024;
}
