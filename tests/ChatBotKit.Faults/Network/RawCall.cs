using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatBotKit.Faults.Network;

/// <summary>A call on a raw connection with small buffers, whose response a test reads when and as slowly as it wants.</summary>
internal sealed class RawCall : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

    private RawCall() => _limit.CancelAfter(NetworkServer.Patience);

    private CancellationToken Token => _limit.Token;

    // A hanging call fails, instead of blocking all tests.
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public static async Task<RawCall> SendAsync(Uri address, string method, string path, string body = "")
    {
        var call = new RawCall();
        await call._socket.ConnectAsync(address.Host, address.Port, call.Token);
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        var request = $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {NetworkServer.Secret}\r\n"
            + $"Accept: application/jsonl\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}";
        await call._socket.SendAsync(Encoding.UTF8.GetBytes(request), call.Token);
        return call;
    }

    /// <summary>Reads this number of bytes, one by one.</summary>
    public async Task<string> ReadSlowlyAsync(int count)
    {
        var read = new byte[count];
        for (var index = 0; index < count; index++)
            await _socket.ReceiveAsync(read.AsMemory(index, 1), Token);
        return Encoding.UTF8.GetString(read);
    }

    /// <summary>Reads to the end and counts occurrences of the text.</summary>
    public async Task<int> CountRestAsync(string wanted)
    {
        var (buffer, kept, count) = (new byte[64 * 1024], "", 0);
        while (await _socket.ReceiveAsync(buffer, Token) is > 0 and var length)
        {
            var text = kept + Encoding.Latin1.GetString(buffer, 0, length);
            for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
                count++;
            kept = text[^Math.Min(text.Length, wanted.Length - 1)..];
        }

        return count;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _limit.Dispose();
    }
}
