using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// A parameter of a handler that runs at most once per idempotency key. It creates the row that the handler stores in the transaction
/// of its effect. All methods return null when the request has no key.
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

    /// <summary>Binds the parameter to a call without a key. For a request with a key, the filter of the route replaces it.</summary>
    /// <remarks>The framework finds this method by its name.</remarks>
    public static ValueTask<IdempotentCall?> BindAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IdempotentRoute>() is null
            ? throw new InvalidOperationException($"{context.GetEndpoint()} takes an {nameof(IdempotentCall)} and is not mapped as idempotent.")
            : new(new IdempotentCall(context, key: null, context.RequestServices.GetRequiredService<TimeProvider>()));

    /// <summary>Creates a row that answers a repeated request with <paramref name="response"/>.</summary>
    public IdempotencyRow? Answered<T>(T response) =>
        _key is null ? null : Row(JsonSerializer.SerializeToUtf8Bytes(response, ServerJson.Of<T>(_context)), resultId: null);

    /// <summary>Creates a row that answers a repeated request with the given JSON.</summary>
    public IdempotencyRow? AnsweredJson(byte[] response) => _key is null ? null : Row(response, resultId: null);

    /// <summary>Creates a row that answers a repeated request from the run, session or other result with the given id.</summary>
    public IdempotencyRow? AnsweredFrom(string resultId) => _key is null ? null : Row(response: null, resultId);

    /// <summary>
    /// Creates a row that answers a repeated request with a response that contains a secret. The response is stored encrypted.
    /// </summary>
    public IdempotencyRow? AnsweredSecretly<T>(T response) =>
        _key is null ? null : Row(response: null, _context.RequestServices.GetRequiredService<ShownOnce>().Protect(response));

    /// <summary>Creates the equivalent of <see cref="Answered{T}"/> for an effect that the engine stores.</summary>
    public KeptAnswer? Kept<T>(T response) =>
        _key is null ? null : Keep(JsonSerializer.SerializeToUtf8Bytes(response, ServerJson.Of<T>(_context)), resultId: null);

    /// <summary>Creates the equivalent of <see cref="AnsweredFrom"/> for an effect that the engine stores.</summary>
    public KeptAnswer? KeptFrom(string resultId) => _key is null ? null : Keep(response: null, resultId);

    private KeptAnswer Keep(byte[]? response, string? resultId) =>
        new(_key!.Scope, _key.Key, _key.RequestHash, response, resultId, _time.GetUtcNow().ToUnixTimeMilliseconds());

    private IdempotencyRow Row(byte[]? response, string? resultId) => new()
    {
        Scope = _key!.Scope,
        Key = _key.Key,
        RequestHash = _key.RequestHash,
        Response = response,
        ResultId = resultId,
        CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
