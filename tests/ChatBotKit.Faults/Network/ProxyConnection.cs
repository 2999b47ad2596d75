using System.Net.Sockets;

namespace ChatBotKit.Faults.Network;

/// <summary>A client's connection to a <see cref="FaultyProxy"/>, and its connection to the server.</summary>
internal sealed class ProxyConnection(FaultyProxy proxy, int number, Socket client) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _held = new();
    private ITimer? _idle;
    private long _forwarded;
    private bool _isStalled;

    public int Number { get; } = number;

    public long Forwarded => Interlocked.Read(ref _forwarded);

    public Task Ended => _ended.Task;

    public async Task RunAsync(Uri target)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(target.Host, target.Port);
            _idle = proxy.Idle is { } idle ? idle.Clock.CreateTimer(_ => CloseForSilence(), null, idle.Limit, Timeout.InfiniteTimeSpan) : null;
            await Task.WhenAll(PassRequestsAsync(), PassAnswersAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two has disconnected.
        }
        finally
        {
            Dispose();
            _ended.TrySetResult();
        }
    }

    public void Dispose()
    {
        _idle?.Dispose();
        client.Dispose();
        _server.Dispose();
    }

    private async Task PassRequestsAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer) is > 0 and var length)
                await SendAllAsync(_server, buffer.AsMemory(0, length));
        }
        finally
        {
            // The client has disconnected, so the connection to the server is closed too.
            _server.Dispose();
        }
    }

    private async Task PassAnswersAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _server.ReceiveAsync(buffer) is > 0 and var length)
            {
                _held.Write(buffer, 0, length);
                if (MayPass() && !await PassHeldAsync())
                    return;
            }

            await PassHeldAsync();
        }
        finally
        {
            if (!_isStalled)
                client.Dispose();
        }
    }

    /// <summary>Whether the buffer is full or has the end of a response.</summary>
    private bool MayPass()
    {
        if (_held.Length >= proxy.HoldBack)
            return true;
        var held = _held.GetBuffer().AsSpan(0, (int)_held.Length);
        // The response ends here: the line break before it may have been forwarded with the chunk that it ends.
        return held.EndsWith("0\r\n\r\n"u8) || held.IndexOf("Content-Length:"u8) >= 0;
    }

    private async Task<bool> PassHeldAsync()
    {
        var bytes = _held.ToArray();
        _held.SetLength(0);
        var (length, fault) = proxy.Take(bytes.Length);
        for (var start = 0; start < length; start += proxy.PieceLength)
        {
            var piece = bytes.AsMemory(start, Math.Min(proxy.PieceLength, length - start));
            // Counted first, because the test may check the count once the client has the bytes.
            Interlocked.Add(ref _forwarded, piece.Length);
            _idle?.Change(proxy.Idle!.Value.Limit, Timeout.InfiniteTimeSpan);
            proxy.Passed(piece.Length);
            await SendAllAsync(client, piece);
            if (proxy.PieceLength == int.MaxValue)
                break;
        }

        return fault is not { } kind || await FailAsync(kind);
    }

    /// <summary>Executes the fault. Returns false, because the connection never continues.</summary>
    private async Task<bool> FailAsync(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.Reset:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Close();
                _server.Dispose();
                break;
            case FaultKind.Close:
                client.Shutdown(SocketShutdown.Send);
                break;
            case FaultKind.Stall:
                _isStalled = true;
                // The server continues without being read; when the client disconnects, both connections end.
                await Task.CompletedTask;
                break;
        }

        return false;
    }

    private void CloseForSilence()
    {
        proxy.ClosedForSilence();
        Dispose();
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }
}
