namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// The lanes of a server. Sets of the same audit chain use the same lane, so that lanes seldom wait for each other. Other sets of the
/// same log or conversation use the same lane, so that they are committed in the order in which they came.
/// </summary>
internal sealed class PostgresLanes(PostgresSettings settings, PostgresLease lease, StoreHealth health) : IAsyncDisposable
{
    private static readonly int Count = Environment.ProcessorCount <= 2 ? 2 : 4;

    private readonly PostgresLane[] _lanes =
        [.. Enumerable.Range(1, Count).Select(number => new PostgresLane(settings, lease, health, $"{PostgresLease.ConnectionName(lease.Holder)}-{number}"))];

    /// <summary>The number of committed groups.</summary>
    public long Transactions => _lanes.Sum(lane => lane.Transactions);

    public Task CommitAsync(WriteSet writes) =>
        _lanes[(uint)KeyOf(writes).GetHashCode(StringComparison.Ordinal) % (uint)_lanes.Length].CommitAsync(new PostgresCommit(writes));

    /// <summary>Commits the queued sets, and closes the connections.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_lanes.Select(lane => lane.DisposeAsync().AsTask()));

    private static string KeyOf(WriteSet writes) =>
        writes.Audit.Count > 0 ? writes.Audit[0].AccountId
        : writes.Log.Count > 0 ? writes.Log[0].LogId
        : writes.Messages.Count > 0 ? writes.Messages[0].ConversationId
        : writes.EndedRuns.Count > 0 ? writes.EndedRuns[0].RunId
        : writes.Conversation?.Id ?? writes.StartedRun?.LogId ?? writes.SessionUse?.SessionId ?? "";
}
