using System.Collections.Concurrent;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Limits the number of bytes of request bodies that are in memory at the same time, over all requests. A session may use only a
/// share of it, so that the holder of one token can't block all other callers.
/// </summary>
internal sealed class BodyGate(BodyOptions options)
{
    /// <summary>Smaller bodies are not counted, because the web server buffers as much per connection anyway.</summary>
    public const int FreeBytes = 64 * 1024;

    private const int SessionsPerGate = 4;

    private readonly long _limit = Math.Max(options.BodyMemoryBytes, options.MaxBodyBytes);
    private readonly long _sessionLimit = Math.Max(options.BodyMemoryBytes / SessionsPerGate, options.MaxBodyBytes);
    private readonly ConcurrentDictionary<string, long> _ofSessions = new(StringComparer.Ordinal);
    private long _held;

    /// <summary>The number of bytes that are in memory now.</summary>
    public long Held => Volatile.Read(ref _held);

    public static BodyGate Of(HttpContext context) => context.RequestServices.GetRequiredService<BodyGate>();

    /// <summary>Reserves memory for one body. Dispose the result when the body was read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The maximum size of the body.</param>
    public Place Enter(HttpContext context, long maxBytes) => new(this, context.Features.Get<Caller>()?.Session?.Id, maxBytes);

    /// <summary>The reservation for one body.</summary>
    public sealed class Place(BodyGate gate, string? sessionId, long maxBytes) : IDisposable
    {
        private long _bytes;

        /// <summary>Increases the reservation to a number of bytes.</summary>
        /// <exception cref="ApiException">413: the body is too large; 503: too many bytes are in memory.</exception>
        public void Grow(long bytes)
        {
            if (bytes > maxBytes)
                throw ApiException.ContentTooLarge();
            if (bytes <= FreeBytes || bytes <= _bytes)
                return;
            gate.Take(bytes - _bytes, sessionId);
            _bytes = bytes;
        }

        public void Dispose()
        {
            gate.Give(_bytes, sessionId);
            _bytes = 0;
        }
    }

    private void Take(long bytes, string? sessionId)
    {
        if (sessionId is not null && _ofSessions.AddOrUpdate(sessionId, bytes, (_, held) => held + bytes) > _sessionLimit)
        {
            GiveToSession(bytes, sessionId);
            throw Full();
        }

        if (Interlocked.Add(ref _held, bytes) <= _limit)
            return;
        Give(bytes, sessionId);
        throw Full();
    }

    private void Give(long bytes, string? sessionId)
    {
        if (bytes == 0)
            return;
        Interlocked.Add(ref _held, -bytes);
        if (sessionId is not null)
            GiveToSession(bytes, sessionId);
    }

    private void GiveToSession(long bytes, string sessionId)
    {
        if (_ofSessions.AddOrUpdate(sessionId, 0, (_, held) => held - bytes) == 0)
            _ofSessions.TryRemove(KeyValuePair.Create(sessionId, 0L));
    }

    private static ApiException Full() =>
        ApiException.ServiceUnavailable("The server is reading as many large requests as it can hold; try again later", TimeSpan.FromSeconds(1));
}
