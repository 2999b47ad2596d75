using System.Diagnostics;
using System.Net.Sockets;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>Sends requests over one connection, one at a time, and records the duration of each.</summary>
internal sealed class RequestSender(RawConnection connection, RequestTemplate request) : IDisposable
{
    private readonly List<long> _ticks = [];
    private int _errors;

    /// <summary>Creates a sender for each request, with a connection of its own.</summary>
    public static async Task<List<RequestSender>> ConnectAsync(
        ServerProcess server, IReadOnlyList<RequestTemplate> requests, CancellationToken cancellationToken)
    {
        var senders = new List<RequestSender>();
        try
        {
            foreach (var request in requests)
                senders.Add(new RequestSender(await RawConnection.ConnectAsync(server.Address, cancellationToken), request));
            return senders;
        }
        catch
        {
            senders.ForEach(sender => sender.Dispose());
            throw;
        }
    }

    /// <summary>Sends the next request, and measures it from <paramref name="start"/>.</summary>
    /// <returns>False when the connection is lost, which counts as one error; other senders go on.</returns>
    public async Task<bool> SendAsync(long start, CancellationToken cancellationToken)
    {
        try
        {
            if (await connection.SendAsync(request.Next(), cancellationToken) == 200)
                _ticks.Add(Stopwatch.GetTimestamp() - start);
            else if (_errors++ == 0)
                await Console.Error.WriteLineAsync(connection.LastAnswer);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            _errors++;
            return false;
        }
    }

    /// <param name="senders">The senders.</param>
    /// <param name="elapsed">The duration of the whole load.</param>
    /// <param name="used">The resources that the server used during the load.</param>
    /// <param name="from">The start of the measured times, as a suffix for the table; empty for the time of sending.</param>
    public static Sample Summarize(IReadOnlyList<RequestSender> senders, TimeSpan elapsed, Usage used, string from = "")
    {
        var latencies = new Latencies(senders.SelectMany(sender => sender._ticks));
        var count = senders.Sum(sender => sender._ticks.Count);
        return new Sample(
            [
                new("requests", "1/s", count / elapsed.TotalSeconds),
                new("p50" + from, "ms", latencies.Milliseconds(50)),
                new("p99" + from, "ms", latencies.Milliseconds(99)),
                .. used.Per("request", count),
            ],
            senders.Sum(sender => sender._errors));
    }

    public void Dispose() => connection.Dispose();
}
