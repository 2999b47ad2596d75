using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Faults.Upstream;

/// <summary>A request to the <see cref="FaultyUpstream"/>, and methods for faulty responses.</summary>
internal sealed class UpstreamExchange
{
    private const string Stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private readonly NetworkStream _stream;
    private readonly CancellationToken _stopping;

    private UpstreamExchange(NetworkStream stream, string head, JsonElement body, CancellationToken stopping)
    {
        (_stream, Head, _stopping) = (stream, head, stopping);
        Messages = [.. body.GetProperty("messages").EnumerateArray().Select(message =>
            (message.GetProperty("role").GetString()!, message.GetProperty("content").GetString() ?? ""))];
    }

    /// <summary>The request line and headers.</summary>
    public string Head { get; }

    public IReadOnlyList<(string Role, string Text)> Messages { get; }

    /// <summary>The user's last message.</summary>
    public string Said => Messages.LastOrDefault(message => message.Role == "user").Text ?? "";

    public static async Task<UpstreamExchange?> ReadAsync(NetworkStream stream, CancellationToken stopping)
    {
        var buffer = new byte[4 * 1024];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), stopping);
            if (read == 0)
                return null;
            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            if (filled < end + 4 + LengthOf(head))
                continue;
            using var body = JsonDocument.Parse(buffer.AsMemory(end + 4, filled - end - 4));
            return new UpstreamExchange(stream, head, body.RootElement.Clone(), stopping);
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends synchronously. The bytes must fit into the socket's buffer.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes, _stopping).AsTask();

    /// <summary>Sends a complete response with a body.</summary>
    /// <param name="status">The status line, such as <c>500 Internal Server Error</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Further header lines, each ended by a line feed.</param>
    /// <param name="type">The content type.</param>
    public Task RefuseAsync(string status, string body, string headers = "", string type = "application/json") => SendAsync(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n")
        + headers.ReplaceLineEndings("\r\n") + "Connection: close\r\n\r\n" + body);

    /// <summary>Begins a stream and sends text.</summary>
    public Task BeginAsync(params IEnumerable<string> pieces) => SendAsync(Stream + string.Concat(pieces.Select(Chunk)));

    /// <summary>Sends a complete stream without faults.</summary>
    public Task CompleteAsync(params IEnumerable<string> pieces) =>
        SendAsync(Stream + string.Concat(pieces.Select(Chunk)) + Finish + "data: [DONE]\n\n");

    /// <summary>Sends nothing until the server disconnects or the test ends.</summary>
    public async Task HoldAsync()
    {
        while (await _stream.ReadAsync(new byte[1], _stopping) > 0)
        {
            // A client sends only a single request.
        }
    }

    public Task DelayAsync(TimeSpan pause) => Task.Delay(pause, _stopping);

    /// <summary>Resets the connection, like a crash.</summary>
    public void Reset()
    {
        _stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _stream.Socket.Close();
    }

    public static string Finish { get; } = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n";

    public static string Chunk(string text) =>
        $$$"""data: {"choices":[{"index":0,"delta":{"content":{{{JsonSerializer.Serialize(text)}}}},"finish_reason":null}]}""" + "\n\n";

    private static int LengthOf(string head)
    {
        var line = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }
}
