using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// The store of one process on the disk of the world. Like the real one it has a single writer that groups waiting writes, with the
/// faults of the simulation for the numbered writes.
/// </summary>
internal sealed class SimulatedStore(World world, SimulatedProcess process) : IStore
{
    private readonly Queue<Operation> _waiting = new();
    private bool _isWriting;

    private Disk Disk => world.Disk;

    public Task CommitAsync(WriteSet writes) => ChangeAsync(disk =>
    {
        disk.Apply(writes);
        return true;
    }, writes);

    /// <summary>Executes a change of the server, and publishes what it announces when it is durable.</summary>
    /// <returns>False when it changed nothing.</returns>
    public async Task<bool> AnnounceAsync(Func<Disk, Change?> change)
    {
        if (await ChangeAsync(change) is not { } announced)
            return false;
        process.Changes.Publish(announced);
        return true;
    }

    private Task<T> ChangeAsync<T>(Func<Disk, T> change, WriteSet? writes = null)
    {
        var operation = new Operation<T>(change) { Writes = writes };
        _waiting.Enqueue(operation);
        if (!_isWriting)
        {
            _isWriting = true;
            world.Scheduler.Post(() => _ = WriteAsync());
        }
        return operation.Task;
    }

    public ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken) => ReadAsync(disk =>
        {
            if (!disk.Conversations.TryGetValue(conversationId, out var conversation))
                return null;
            var rows = disk.Messages(conversationId);
            var last = rows.Count > 0 ? rows[^1] : null;
            return new ConversationSnapshot(
                conversation, [.. rows.Skip(rows.Count - maxMessages)], last?.Position ?? 0, last?.CreatedAt ?? 0);
        });

    public ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        ReadAsync(disk => disk.Conversations.GetValueOrDefault(conversationId));

    public ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<LogBatchRow>>(disk =>
        {
            var found = disk.Log(logId).Where(batch => batch.Last > after).ToList();
            return found.Count > 1 && world.Random.Next(3) == 0 ? found[..world.Random.Next(1, found.Count)] : found;
        });

    public ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
        ReadAsync(disk => disk.LastNumber(logId));

    public ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        ReadAsync(disk => disk.Runs.GetValueOrDefault(runId));

    public ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RunRow>>(disk =>
            [.. disk.Runs.Values.Where(run => run.EndedAt is null).OrderBy(run => run.StartedAt).ThenBy(run => run.Id, StringComparer.Ordinal)]);

    public ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        ReadAsync(disk => disk.Sessions.GetValueOrDefault(sessionId));

    public ValueTask<IdempotencyRow?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken) =>
        ReadAsync(disk => disk.Key(scope, key));

    public ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<MessageRow?> FindMessageAsync(
        string conversationId, string messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Reads from the disk. The result may be outdated when it arrives, because writes go on meanwhile.</summary>
    private async ValueTask<T> ReadAsync<T>(Func<Disk, T> query)
    {
        await world.PauseAsync();
        var found = query(Disk);
        await world.PauseAsync();
        return found;
    }

    private async Task WriteAsync()
    {
        while (_waiting.Count > 0 && !process.IsOver)
        {
            var group = new List<Operation>();
            for (var take = world.Random.Next(1, 4); take > 0 && _waiting.TryDequeue(out var next); take--)
                group.Add(next);
            foreach (var operation in group)
            {
                if (!await WriteAsync(operation))
                    return;
            }
            foreach (var operation in group)
                operation.Tell();
            await world.PauseAsync();
        }
        _isWriting = false;
    }

    /// <returns>False when the process has ended.</returns>
    private async Task<bool> WriteAsync(Operation operation)
    {
        var number = ++world.Counts.Writes;
        var fault = world.Faults.Of(number);
        if (fault != WriteFault.None)
        {
            world.Counts.Faults++;
            world.Note("write " + fault, null, number);
        }
        foreach (var append in operation.Writes?.Log ?? [])
            world.Note("write " + (string.Join(',', operation.Writes!.EndedRuns.Select(end => end.Reason))), append.LogId, append.Last);
        if (fault == WriteFault.Delay)
            await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(1, 5_000)), world.Clock);
        if (process.IsOver)
            return false;
        if (fault is WriteFault.Fail or WriteFault.FailAfterEffect)
            world.Ledger.Taint(operation.Writes);
        if (fault is not (WriteFault.Fail or WriteFault.CrashBefore))
            operation.Run(world.Sabotage == Sabotage.AcknowledgeWithoutStoring && number % 5 == 0 ? null : Disk);
        if (fault is WriteFault.Fail or WriteFault.FailAfterEffect)
            operation.Failure = new StoreUnavailableException("The disk fails.");
        if (fault is WriteFault.CrashBefore or WriteFault.CrashAfter)
            process.Crash();
        if (operation.Failure is { } failure and not StoreUnavailableException)
            world.Ledger.Refused(operation.Writes, failure);
        return !process.IsOver;
    }

    private abstract class Operation
    {
        public WriteSet? Writes { get; init; }

        public Exception? Failure { get; set; }

        /// <param name="disk">The disk; null when the sabotage only pretends to store.</param>
        public abstract void Run(Disk? disk);

        public abstract void Tell();
    }

    private sealed class Operation<T>(Func<Disk, T> change) : Operation
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(Disk? disk)
        {
            if (disk is null)
                return;
            try
            {
                _result = change(disk);
            }
            catch (Exception exception) when (exception is DuplicateKeyException or StaleWriteException or MissingParentException)
            {
                Failure = exception;
            }
        }

        public override void Tell()
        {
            if (Failure is null)
                _done.SetResult(_result);
            else
                _done.SetException(Failure);
        }
    }
}
