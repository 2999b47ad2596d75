using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Runs a handler at most once per <c>Idempotency-Key</c>. A repeated request gets the stored answer; a request that comes while
/// the first is still at work waits for it. A handler that fails stores nothing, so the same key may be tried again. Routes declare
/// it with <see cref="IdempotentRoutes.IsIdempotent(RouteHandlerBuilder, Replay?)"/>.
/// </summary>
internal sealed class Idempotency(IStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Scope, string Key), Task> _running = new();

    /// <summary>How many requests with a key are at work.</summary>
    public int Count => _running.Count;

    /// <summary>Whether an answer to a request with this key is stored, so that the request will do nothing new.</summary>
    public async ValueTask<bool> IsAnsweredAsync(HttpContext context) =>
        IdempotencyKey.From(context, context.Caller().ScopeId, bodyHash: null) is { } key
        && await FindAsync(key, context.RequestAborted) is not null;

    /// <param name="context">The request.</param>
    /// <param name="bodyHash"><see cref="IHashedBody.Hash"/>; null when the operation takes no body.</param>
    /// <param name="handle">Does the work, and stores the row of its <see cref="IdempotentCall"/> with it.</param>
    /// <param name="replay">Answers a repeated request; null where the stored answer is sent as it is.</param>
    /// <exception cref="ApiException">400 for a bad key, 409 for a key that came with another request.</exception>
    public async Task<IResult> RunAsync(
        HttpContext context,
        byte[]? bodyHash,
        Func<IdempotentCall, Task<IResult>> handle,
        Replay? replay = null)
    {
        var key = IdempotencyKey.From(context, context.Caller().ScopeId, bodyHash);
        var call = new IdempotentCall(context, key, time);
        if (key is null)
            return await handle(call);

        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = (key.Scope, key.Key);
        while (!_running.TryAdd(id, mine.Task))
        {
            if (_running.TryGetValue(id, out var other))
                await other.WaitAsync(context.RequestAborted);
        }

        try
        {
            return await RunOnceAsync(context, key, () => handle(call), replay);
        }
        finally
        {
            _running.TryRemove(id, out _);
            mine.SetResult();
        }
    }

    private async Task<IResult> RunOnceAsync(
        HttpContext context, IdempotencyKey key, Func<Task<IResult>> handle, Replay? replay)
    {
        if (await FindAsync(key, context.RequestAborted) is { } earlier)
            return await ReplayAsync(context, key, earlier, replay);
        try
        {
            return await handle();
        }
        catch (DuplicateKeyException)
        {
            // Another process was faster; or the clash is about something else, and then it is the handler's answer.
            if (await FindAsync(key, context.RequestAborted) is { } winner)
                return await ReplayAsync(context, key, winner, replay);
            throw;
        }
    }

    private ValueTask<IdempotencyRow?> FindAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        store.FindIdempotencyAsync(key.Scope, key.Key, cancellationToken);

    private static async Task<IResult> ReplayAsync(
        HttpContext context, IdempotencyKey key, IdempotencyRow earlier, Replay? replay)
    {
        if (!CryptographicOperations.FixedTimeEquals(key.RequestHash, earlier.RequestHash))
        {
            throw new ApiException(
                ErrorCode.IdempotencyKeyReused, "This Idempotency-Key was already used for another request");
        }

        context.Response.Headers[ApiHeaders.IdempotentReplayed] = "true";
        if (replay is not null)
            return await replay(context, earlier);
        return earlier.Response is { } response
            ? Results.Bytes(response, "application/json")
            : throw new InvalidOperationException("The operation stored an id but does not say how to answer from it");
    }
}
