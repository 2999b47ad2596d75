using System.Collections.Concurrent;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Bounds the bytes of request bodies that the process holds while it reads them, all requests together. A session has a share
/// of it, so that the holder of one token does not keep everybody else waiting.
/// </summary>
internal sealed class BodyGate(BodyOptions options)
{
    /// <summary>Smaller bodies are not counted: the web server holds as much for each connection anyway.</summary>
    public const int FreeBytes = 64 * 1024;

    private const int SessionsPerGate = 4;

    private readonly long _limit = Math.Max(options.BodyMemoryBytes, options.MaxBodyBytes);
    private readonly long _sessionLimit = Math.Max(options.BodyMemoryBytes / SessionsPerGate, options.MaxBodyBytes);
    private readonly ConcurrentDictionary<string, long> _ofSessions = new(StringComparer.Ordinal);
    private long _held;

    /// <summary>How many bytes are held now.</summary>
    public long Held => Volatile.Read(ref _held);

    public static BodyGate Of(HttpContext context) => context.RequestServices.GetRequiredService<BodyGate>();

    /// <summary>A place for one body; dispose it when the body was read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The largest body.</param>
    public Place Enter(HttpContext context, long maxBytes) => new(this, context.Features.Get<Caller>()?.Session?.Id, maxBytes);

    /// <summary>The bytes of one body.</summary>
    public sealed class Place(BodyGate gate, string? sessionId, long maxBytes) : IDisposable
    {
        private long _bytes;

        /// <summary>Says that the body has at least so many bytes.</summary>
        /// <exception cref="ApiException">413: more than it may have; 503: too much is being read.</exception>
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
