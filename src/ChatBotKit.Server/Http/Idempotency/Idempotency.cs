using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Runs a handler at most once per <c>Idempotency-Key</c>. A repeated request gets the stored response. A request that arrives while
/// the first one is still running waits for it. A handler that fails stores nothing, so the caller may retry with the same key.
/// Routes opt in with <see cref="IdempotentRoutes.IsIdempotent(RouteHandlerBuilder, Replay?)"/>.
/// </summary>
internal sealed class Idempotency(IStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Scope, string Key), Task> _running = new();

    /// <summary>The number of requests with a key that are running.</summary>
    public int Count => _running.Count;

    /// <summary>Whether a response to the key of this request is stored, so that the request will have no new effect.</summary>
    public async ValueTask<bool> IsAnsweredAsync(HttpContext context) =>
        IdempotencyKey.From(context, context.Caller().ScopeId, bodyHash: null) is { } key
        && await FindAsync(key, context.RequestAborted) is not null;

    /// <summary>Runs the handler of a request, or replays the stored response to an earlier request with the same key.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bodyHash"><see cref="IHashedBody.Hash"/>; null for an operation without a body.</param>
    /// <param name="handle">
    /// Handles the request, and stores the row of its <see cref="IdempotentCall"/> in the transaction of its effect.
    /// </param>
    /// <param name="replay">Responds to a repeated request; null to send the stored response unchanged.</param>
    /// <exception cref="ApiException">400: the key is invalid; 409: the key was used for a different request.</exception>
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
            // Another process has stored its row for this key first. Without such a row, the conflict concerns another unique key.
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
