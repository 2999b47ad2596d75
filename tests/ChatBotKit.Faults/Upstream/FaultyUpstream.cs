using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Faults.Upstream;

/// <summary>
/// A model endpoint on a raw socket, because no web server would send such responses. The user's last message selects the response;
/// each connection has a single request.
/// </summary>
internal sealed class FaultyUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Func<UpstreamExchange, Task>> _plays = new(StringComparer.Ordinal);
    private readonly Task _accepting;
    private int _failures;

    public FaultyUpstream()
    {
        _listener.Start(backlog: 512);
        _accepting = AcceptAsync();
    }

    /// <summary>The value for <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    /// <summary>Returns the number of requests since the last call that had no script or whose script failed.</summary>
    public int TakeFailures() => Interlocked.Exchange(ref _failures, 0);

    /// <summary>Sets the script for a message of the user.</summary>
    public void When(string said, Func<UpstreamExchange, Task> play) => _plays[said] = play;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var exchange = await UpstreamExchange.ReadAsync(stream, _stopping.Token);
            if (exchange is null)
                return;
            if (_plays.TryGetValue(exchange.Said, out var play))
                await play(exchange);
            else
                Interlocked.Increment(ref _failures);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The server has disconnected, as it should when it has received enough.
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failures);
            throw;
        }
    }
}
