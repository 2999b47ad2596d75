using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBotKit.Bench.Load;

/// <summary>
/// An HTTP/1.1 connection with one request at a time. It shares the processor with the measured server, and a full HTTP client
/// would use as much of it as the server.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    /// <summary>The last response, for error messages.</summary>
    public string LastAnswer => Encoding.UTF8.GetString(_buffer.AsSpan(0, _filled));

    public static async Task<RawConnection> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new RawConnection();
        try
        {
            await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends each request a number of times over a connection of its own. Throws when one is refused.</summary>
    public static Task RepeatAsync(Uri address, IEnumerable<RequestTemplate> requests, int times, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(requests, cancellationToken, async (request, token) =>
        {
            using var connection = await ConnectAsync(address, token);
            for (var i = 0; i < times; i++)
            {
                if (await connection.SendAsync(request.Next(), token) != 200)
                    throw new InvalidOperationException(connection.LastAnswer);
            }
        });

    /// <summary>Sends a request, reads the whole response and returns its status.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        _filled = 0;
        do
        {
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (read == 0)
                throw new IOException("The server closed the connection.");
            _filled += read;
        }
        while (!IsComplete(_buffer.AsSpan(0, _filled)));

        return Utf8Parser.TryParse(_buffer.AsSpan("HTTP/1.1 ".Length), out int status, out _) ? status : 0;
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var name = "\r\nContent-Length: "u8;
        var at = answer[..end].IndexOf(name);
        if (at < 0)
            at = answer[..end].IndexOf("\r\ncontent-length: "u8);
        if (at < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(at + name.Length)..], out int length, out _) && answer.Length >= end + 4 + length;
    }
}
