using System.Diagnostics;
using System.Net.Sockets;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>Sends requests over a number of connections, each the next one as soon as the answer is there.</summary>
internal static class LoadGenerator
{
    /// <param name="server">The server.</param>
    /// <param name="requests">One for each connection.</param>
    /// <param name="duration">How long to go on.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public static async Task<Sample> RunAsync(
        ServerProcess server, IReadOnlyList<RequestTemplate> requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        var connections = new List<RawConnection>();
        try
        {
            foreach (var _ in requests)
                connections.Add(await RawConnection.ConnectAsync(server.Address, cancellationToken));
            var used = server.Usage;
            var watch = Stopwatch.StartNew();
            var results = await Task.WhenAll(requests.Select((request, i) =>
                Task.Run(() => SendAsync(connections[i], request, watch, duration, cancellationToken), cancellationToken)));
            var elapsed = watch.Elapsed;
            return Summarize(results, elapsed, server.Usage - used);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<(List<long> Ticks, int Errors)> SendAsync(
        RawConnection connection, RequestTemplate request, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        var ticks = new List<long>();
        var errors = 0;
        while (watch.Elapsed < duration)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                if (await connection.SendAsync(request.Next(), cancellationToken) == 200)
                    ticks.Add(Stopwatch.GetTimestamp() - start);
                else if (errors++ == 0)
                    await Console.Error.WriteLineAsync(connection.LastAnswer);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // A connection that is gone counts once; the others go on.
                await Console.Error.WriteLineAsync(exception.Message);
                return (ticks, errors + 1);
            }
        }

        return (ticks, errors);
    }

    private static Sample Summarize(IReadOnlyList<(List<long> Ticks, int Errors)> results, TimeSpan elapsed, Usage used)
    {
        var latencies = new Latencies(results.SelectMany(result => result.Ticks));
        var count = results.Sum(result => result.Ticks.Count);
        return new Sample(
            [
                new("requests", "1/s", count / elapsed.TotalSeconds),
                new("p50", "ms", latencies.Milliseconds(50)),
                new("p99", "ms", latencies.Milliseconds(99)),
                .. used.Per("request", count),
            ],
            results.Sum(result => result.Errors));
    }
}
