using System.Threading.Channels;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Commits write sets in groups. It takes all waiting sets and sends them in one batch, so they share one transaction and one flush of
/// the disk. The sets complete when the transaction is committed.
/// </summary>
internal sealed class PostgresLane : IAsyncDisposable
{
    private const int MaxQueued = 2048;
    private const int MaxGroupSets = 128;
    private const int MaxGroupBytes = 1024 * 1024;

    private readonly Channel<PostgresCommit> _queue = Channel.CreateBounded<PostgresCommit>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true });

    private readonly PostgresGroups _groups;
    private readonly Task _loop;

    public PostgresLane(PostgresSettings settings, PostgresLease lease, StoreHealth health, string name)
    {
        _groups = new PostgresGroups(settings, lease, health, name);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The number of committed groups.</summary>
    public long Transactions => _groups.Stored;

    /// <summary>Queues the set, and waits until it is committed. Waits also while the queue is full.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public async Task CommitAsync(PostgresCommit commit)
    {
        try
        {
            await _queue.Writer.WriteAsync(commit);
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException("The store is closed.", exception);
        }

        await commit.Task;
    }

    /// <summary>Commits the queued sets, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _groups.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<PostgresCommit>(MaxGroupSets);
        while (await _queue.Reader.WaitToReadAsync())
        {
            for (var size = 0; group.Count < MaxGroupSets && size < MaxGroupBytes && _queue.Reader.TryRead(out var commit); size += commit.Size)
                group.Add(commit);
            try
            {
                await _groups.RunAsync(group);
            }
            catch (Exception exception)
            {
                group.ForEach(commit => commit.Fail(exception));
            }

            group.Clear();
        }
    }
}
