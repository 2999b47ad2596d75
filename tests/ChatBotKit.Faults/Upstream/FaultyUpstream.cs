using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Faults.Upstream;

/// <summary>
/// A model endpoint on a bare socket, since no web server would send what this one sends. What it does is chosen by the last
/// thing that the user said; one connection is one request.
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

    /// <summary>For <c>OPENAI_BASE_URL</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    /// <summary>How many requests there were, since this was last asked, that had no play or whose play failed.</summary>
    public int TakeFailures() => Interlocked.Exchange(ref _failures, 0);

    /// <summary>What to do when the user's last words are these.</summary>
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
            // The test is over.
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
            // The server has left, as it should when it has seen enough.
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failures);
            throw;
        }
    }
}
