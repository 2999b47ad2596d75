namespace ChatBotKit.Server.Data;

/// <summary>
/// Deletes what has had its time, and copies all that there is. Every moment is in Unix milliseconds. Each deletion works in
/// small batches, so that other writes get in between, and returns how many rows of the named kind are gone.
/// </summary>
internal interface IStoreMaintenance
{
    /// <summary>Deletes runs that ended before the given moment, each with its own log.</summary>
    Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes batches of logs that belong to no run: those of channels, and of runs that went with their conversation.
    /// Every batch of the time span is looked at, so the span should not hold the same rows again and again.
    /// </summary>
    Task<int> DeleteLogBatchesWithoutRunAsync(long createdFrom, long createdBefore, CancellationToken cancellationToken);

    Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken);

    /// <summary>Deletes conversations that expired, with all that belongs to them.</summary>
    Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Copies the database as it is at one moment into a file, which exists and is empty. Reads and writes go on meanwhile.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk has no room for the copy, or it or the database fails.</exception>
    Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken);
}

/// <summary>What a copy of the database holds.</summary>
/// <param name="Schema">The newest migration.</param>
/// <param name="Conversations">How many.</param>
/// <param name="Messages">How many.</param>
/// <param name="StoredFiles">The ids of the attachments whose bytes lie in files beside the database.</param>
internal sealed record StoreSnapshot(string Schema, long Conversations, long Messages, IReadOnlyList<string> StoredFiles);
