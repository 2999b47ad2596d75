using System.Text.Json;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Given to a handler that runs at most once per idempotency key. It makes the row that the handler stores together
/// with its effect; both methods give null when the request carries no key.
/// </summary>
internal sealed class IdempotentCall
{
    private readonly HttpContext _context;
    private readonly IdempotencyKey? _key;
    private readonly TimeProvider _time;

    public IdempotentCall(HttpContext context, IdempotencyKey? key, TimeProvider time)
    {
        _context = context;
        _key = key;
        _time = time;
    }

    /// <summary>The row that lets a repeated request be answered with <paramref name="response"/>.</summary>
    public IdempotencyEntity? Answered<T>(T response) =>
        _key is null ? null : Row(JsonSerializer.SerializeToUtf8Bytes(response, ServerJson.Of<T>(_context)), runId: null);

    /// <summary>The row that lets a repeated request be answered with the log of that run.</summary>
    public IdempotencyEntity? StartedRun(string runId) => _key is null ? null : Row(response: null, runId);

    private IdempotencyEntity Row(byte[]? response, string? runId) => new()
    {
        Scope = _key!.Scope,
        Key = _key.Key,
        RequestHash = _key.RequestHash,
        Response = response,
        RunId = runId,
        CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
