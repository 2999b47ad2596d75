using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>
/// Sends requests at the times of a schedule, whether or not the ones before were answered, and counts each from the time at
/// which it was due. A server that stalls pays for all that had to wait meanwhile, which a load that waits for its answers
/// never shows.
/// </summary>
internal static class OpenLoopLoad
{
    /// <param name="server">The server.</param>
    /// <param name="requests">One for each connection; whichever is free takes the next one that is due.</param>
    /// <param name="rate">Requests a second, at random distances.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public static async Task<Sample> RunAsync(
        ServerProcess server, IReadOnlyList<RequestTemplate> requests, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var connections = new List<RawConnection>();
        try
        {
            foreach (var _ in requests)
                connections.Add(await RawConnection.ConnectAsync(server.Address, cancellationToken));
            var due = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleWriter = true });
            var used = server.Usage;
            var watch = Stopwatch.StartNew();
            var senders = requests.Select((request, i) =>
                Task.Run(() => SendAsync(connections[i], request, due.Reader, cancellationToken), cancellationToken)).ToList();
            await ReleaseAsync(due.Writer, rate, duration, cancellationToken);
            var results = await Task.WhenAll(senders);
            return Summarize(results, watch.Elapsed, server.Usage - used);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task ReleaseAsync(ChannelWriter<long> due, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        // The same distances each time, so that all contenders meet the same crowds.
        var random = new Random(20);
        var next = Stopwatch.GetTimestamp();
        var end = next + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (next < end)
        {
            while (next <= Stopwatch.GetTimestamp() && next < end)
            {
                due.TryWrite(next);
                next += (long)(-Math.Log(1 - random.NextDouble()) / rate * Stopwatch.Frequency);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        due.Complete();
    }

    private static async Task<(List<long> Ticks, int Errors)> SendAsync(
        RawConnection connection, RequestTemplate request, ChannelReader<long> due, CancellationToken cancellationToken)
    {
        var ticks = new List<long>();
        var errors = 0;
        await foreach (var start in due.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (await connection.SendAsync(request.Next(), cancellationToken) == 200)
                    ticks.Add(Stopwatch.GetTimestamp() - start);
                else if (errors++ == 0)
                    await Console.Error.WriteLineAsync(connection.LastAnswer);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
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
                new("p50 from when due", "ms", latencies.Milliseconds(50)),
                new("p99 from when due", "ms", latencies.Milliseconds(99)),
                .. used.Per("request", count),
            ],
            results.Sum(result => result.Errors));
    }
}
