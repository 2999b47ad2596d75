using System.Globalization;
using System.Text;

namespace ChatBotKit.Bench.Load;

/// <summary>The bytes of a request that is sent many times, with another key each time when it has one.</summary>
internal sealed class RequestTemplate
{
    private const int CounterLength = 12;

    private readonly byte[] _bytes;
    private readonly int _counterAt;
    private long _counter;

    private RequestTemplate(byte[] bytes, int counterAt)
    {
        _bytes = bytes;
        _counterAt = counterAt;
    }

    public static RequestTemplate Post(string path, string json, bool hasIdempotencyKey = false)
    {
        var key = hasIdempotencyKey ? $"Idempotency-Key: {Guid.NewGuid():N}" : "";
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST {path} HTTP/1.1
            Host: 127.0.0.1
            Authorization: Bearer {Harness.Servers.Secret}
            Content-Type: application/json
            Content-Length: {Encoding.UTF8.GetByteCount(json)}
            {key}
            """).ReplaceLineEndings("\r\n");
        var counter = new string('0', CounterLength);
        return hasIdempotencyKey
            ? new RequestTemplate(Encoding.UTF8.GetBytes($"{head}{counter}\r\n\r\n{json}"), Encoding.UTF8.GetByteCount(head))
            : new RequestTemplate(Encoding.UTF8.GetBytes($"{head}\r\n{json}"), counterAt: -1);
    }

    public static RequestTemplate Get(string path, string credential = Harness.Servers.Secret) => new(Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {credential}\r\n\r\n"), counterAt: -1);

    public ReadOnlyMemory<byte> Next()
    {
        if (_counterAt >= 0)
            (++_counter).TryFormat(_bytes.AsSpan(_counterAt, CounterLength), out _, "D12", CultureInfo.InvariantCulture);
        return _bytes;
    }
}
