using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.DueWork;

/// <summary>Runs the handler of an item that was taken, and stores the result.</summary>
internal sealed class DueWorkRunner(IStore store, TimeProvider time, ILogger<DueWorkRunner> logger)
{
    private const int MaxErrorLength = 1_000;

    /// <summary>Runs one attempt. Never throws: an item whose result cannot be stored is due again when its lease expires.</summary>
    public async Task RunAsync(IDueWorkHandler handler, DueWorkRow taken, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(handler.Limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        await using var lease = new DueWorkLease(store, taken, time, ending.Token);
        var begun = time.GetUtcNow();
        try
        {
            await WorkAsync(handler, taken, begun, lease.Token);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryAsync(taken, () => SettleAsync(Released(taken)));
        }
        catch (Exception exception)
        {
            var failure = exception is OperationCanceledException && limit.IsCancellationRequested
                ? new TimeoutException($"The work took longer than {handler.Limit}.", exception)
                : exception;
            await TryAsync(taken, () => FailAsync(handler, taken, begun, failure));
        }
    }

    private async Task WorkAsync(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        // The last permitted attempt ended with its process, so its failure was not stored. A stored failure would have made the item
        // a dead letter.
        if (handler.Recurrence is null && taken.Attempt > handler.Attempts)
            throw new InvalidOperationException("The server ended during the last attempt.");
        var result = await handler.WorkAsync(new DueWorkItem(taken), cancellationToken);
        // The work is done and only its result has to be stored, so cancellation no longer applies.
        await StoreAsync(handler, taken, begun, result);
    }

    private Task<bool> StoreAsync(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun, DueWorkResult result) => store.ChangeAsync(
        async db =>
        {
            if (NextOf(handler, taken, begun, result) is { } next)
                await db.SettleDueWorkAsync(next);
            else
                await db.FinishDueWorkAsync(taken);
            if (result.Effect is { } effect)
                await effect(db);
            return true;
        },
        CancellationToken.None);

    /// <summary>Returns the item with its next due time; null when there is none and the item is finished.</summary>
    private static DueWorkRow? NextOf(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun, DueWorkResult result)
    {
        // The next time follows the beginning of the attempt. A time that passed during the attempt is not missed, so it is not skipped.
        var (at, payload) = result.Next is { } next ? (next.At, next.Payload) : (NextTime(handler, taken, begun), taken.Payload);
        return at is null ? null : taken with
        {
            DueAt = at.Value.ToUnixTimeMilliseconds(),
            ScheduledAt = at.Value.ToUnixTimeMilliseconds(),
            Payload = payload,
            Attempt = 0,
            LastError = null,
            LastErrorAt = null,
        };
    }

    private static DateTimeOffset? NextTime(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun) =>
        handler.Recurrence?.NextAfter(DateTimeOffset.FromUnixTimeMilliseconds(taken.ScheduledAt), begun);

    private async Task FailAsync(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun, Exception exception)
    {
        var failed = Failed(handler, taken, begun, exception);
        if (failed.DueAt is null && handler.GiveUp(new DueWorkItem(taken)) is { } end)
            await StoreAsync(handler, taken, begun, end);
        else
            await SettleAsync(failed);
        if (failed.DueAt is { } dueAt)
        {
            logger.LogWarning(
                exception, "Work {Kind}.{Key} failed; the next try is at {Time:O}.", taken.Kind, taken.Key, DateTimeOffset.FromUnixTimeMilliseconds(dueAt));
        }
        else
        {
            logger.LogError(exception, "Work {Kind}.{Key} failed {Count} times and is tried no more.", taken.Kind, taken.Key, taken.Attempt);
        }
    }

    private DueWorkRow Failed(IDueWorkHandler handler, DueWorkRow taken, DateTimeOffset begun, Exception exception)
    {
        var now = time.GetUtcNow();
        var failed = taken with
        {
            DueAt = (now + DueWorkTimes.PauseAfter(taken.Attempt, Random.Shared.NextDouble())).ToUnixTimeMilliseconds(),
            LastError = FaultText.Clip($"{exception.GetType().Name}: {exception.Message}", MaxErrorLength),
            LastErrorAt = now.ToUnixTimeMilliseconds(),
        };
        if (handler.Recurrence is null)
            return taken.Attempt < handler.Attempts ? failed : failed with { DueAt = null };
        return NextTime(handler, taken, begun)?.ToUnixTimeMilliseconds() is { } next && next <= failed.DueAt
            ? failed with { DueAt = next, ScheduledAt = next, Attempt = 0 }
            : failed;
    }

    /// <summary>Returns the item, due now, without this attempt. An attempt that the stop of the server cancelled does not count.</summary>
    private DueWorkRow Released(DueWorkRow taken) =>
        taken with { DueAt = time.GetUtcNow().ToUnixTimeMilliseconds(), Attempt = taken.Attempt - 1 };

    private Task<bool> SettleAsync(DueWorkRow next) => store.ChangeAsync(
        async db =>
        {
            await db.SettleDueWorkAsync(next);
            return true;
        },
        CancellationToken.None);

    private async Task TryAsync(DueWorkRow taken, Func<Task> settle)
    {
        try
        {
            await settle();
        }
        catch (StaleWriteException)
        {
            logger.LogInformation("Work {Kind}.{Key} was taken by another worker; this attempt has no effect.", taken.Kind, taken.Key);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The result of work {Kind}.{Key} can't be stored; the work is done again when its lease ends.", taken.Kind, taken.Key);
        }
    }
}
