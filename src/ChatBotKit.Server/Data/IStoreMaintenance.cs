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
    /// Batches are looked at in the order in which they were stored, from behind the given row to the last one that is older
    /// than the moment; a younger one between them, stored while the clock was wrong, is left.
    /// </summary>
    /// <param name="afterRow">The row behind which the search begins.</param>
    /// <param name="createdBefore">The moment.</param>
    /// <param name="keepsNumber">
    /// Whether the log with this id may be written again, so that its last number must not be given to another line: the last of its
    /// batches loses its lines and stays.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The row at which the search ended, from which the next one goes on.</returns>
    Task<long> DeleteLogBatchesWithoutRunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken);

    Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken);

    /// <summary>Deletes conversations that expired, with all that belongs to them.</summary>
    Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken);

    /// <summary>
    /// Gives room of deleted rows back to the disk, in small steps and only where it is much, and cuts the log of writes that
    /// nobody adds to.
    /// </summary>
    Task ReleaseSpaceAsync(CancellationToken cancellationToken);

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
