namespace ChatBotKit.Server.Data;

/// <summary>
/// Deletes rows past their retention, and copies the database. All times are in Unix milliseconds. Each deletion works in small
/// batches between which other writes can run, and returns the number of deleted rows of the named kind.
/// </summary>
internal interface IStoreMaintenance
{
    /// <summary>Deletes runs that ended before the given time, each with its log.</summary>
    Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes log batches that belong to no run: those of channels, and of runs that were deleted with their conversation. The
    /// search follows the order in which batches were stored. It begins after the given row and ends at the last row that is older
    /// than the given time. A newer row in between, which was stored while the clock was wrong, is kept.
    /// </summary>
    /// <param name="afterRow">The row after which the search begins.</param>
    /// <param name="createdBefore">The time.</param>
    /// <param name="keepsNumber">
    /// Whether a log may be appended to again, so that its last number must not be used twice. Then its last batch is kept without
    /// its lines.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the work between two batches.</param>
    /// <returns>The row at which the search ended, as the start of the next search.</returns>
    Task<long> DeleteLogBatchesWithoutRunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken);

    Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken);

    /// <summary>Deletes expired conversations with everything that belongs to them.</summary>
    Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the space of deleted rows to the disk, in small steps and only if there is much of it. Truncates the write-ahead log
    /// while nothing is being written.
    /// </summary>
    Task ReleaseSpaceAsync(CancellationToken cancellationToken);

    /// <summary>Copies the database as of one point in time to an existing, empty file. Reads and writes can go on meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The disk has no room for the copy, or the disk or the database fails.</exception>
    Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken);
}

/// <summary>The content of a copy of the database.</summary>
/// <param name="Schema">The name of the newest schema script.</param>
/// <param name="Conversations">The number of conversations.</param>
/// <param name="Messages">The number of messages.</param>
/// <param name="StoredFiles">The ids of the blobs to which the database refers, which are files beside it.</param>
internal sealed record StoreSnapshot(string Schema, long Conversations, long Messages, IReadOnlyList<string> StoredFiles);
