namespace ChatBotKit.Server.Data;

/// <summary>
/// Deletes what has had its time; every moment is in Unix milliseconds. Each method works in small batches, so that other
/// writes get in between, and returns how many rows of the named kind are gone.
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
}
