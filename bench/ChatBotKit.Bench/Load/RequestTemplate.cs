using System.Globalization;
using System.Text;

namespace ChatBotKit.Bench.Load;

/// <summary>The bytes of a request that is sent many times. The <see cref="Counter"/> in it becomes another number each time.</summary>
internal sealed class RequestTemplate
{
    /// <summary>The placeholder for the number. Only the first one is replaced.</summary>
    public const string Counter = "############";

    private readonly byte[] _bytes;
    private readonly int _counterAt;
    private long _counter;

    private RequestTemplate(string request)
    {
        _bytes = Encoding.UTF8.GetBytes(request);
        _counterAt = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Counter));
    }

    public static RequestTemplate Post(string path, string json, bool hasIdempotencyKey = false)
    {
        var key = hasIdempotencyKey ? $"\r\nIdempotency-Key: {Guid.NewGuid():N}{Counter}" : "";
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST {path} HTTP/1.1
            Host: 127.0.0.1
            Authorization: Bearer {Harness.Servers.Secret}
            Content-Type: application/json
            Content-Length: {Encoding.UTF8.GetByteCount(json)}
            """).ReplaceLineEndings("\r\n");
        return new RequestTemplate($"{head}{key}\r\n\r\n{json}");
    }

    public static RequestTemplate Get(string path, string credential = Harness.Servers.Secret) => new(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {credential}\r\n\r\n");

    public ReadOnlyMemory<byte> Next()
    {
        if (_counterAt >= 0)
            (++_counter).TryFormat(_bytes.AsSpan(_counterAt, Counter.Length), out _, "D12", CultureInfo.InvariantCulture);
        return _bytes;
    }
}
