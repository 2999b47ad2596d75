using System.Diagnostics;
using System.Threading.Channels;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>
/// Sends requests on a schedule, without waiting for earlier responses, and measures each from the time at which it was due. So the
/// delay of a stalled server counts for all waiting requests, which a load that waits for responses does not show.
/// </summary>
internal static class OpenLoopLoad
{
    /// <param name="server">The server.</param>
    /// <param name="requests">One request for each connection. A free connection takes the next request that is due.</param>
    /// <param name="rate">The number of requests per second, with random intervals.</param>
    /// <param name="duration">The duration of the load.</param>
    /// <param name="cancellationToken">The token that cancels the load.</param>
    public static async Task<Sample> RunAsync(
        ServerProcess server, IReadOnlyList<RequestTemplate> requests, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var senders = await RequestSender.ConnectAsync(server, requests, cancellationToken);
        try
        {
            var due = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleWriter = true });
            var used = server.Usage;
            var watch = Stopwatch.StartNew();
            var sending = senders.Select(sender =>
                Task.Run(() => SendAsync(sender, due.Reader, cancellationToken), cancellationToken)).ToList();
            await ReleaseAsync(due.Writer, rate, duration, cancellationToken);
            await Task.WhenAll(sending);
            return RequestSender.Summarize(senders, watch.Elapsed, server.Usage - used, " from when due");
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    private static async Task ReleaseAsync(ChannelWriter<long> due, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        // A fixed seed gives all contenders the same intervals.
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

    private static async Task SendAsync(RequestSender sender, ChannelReader<long> due, CancellationToken cancellationToken)
    {
        await foreach (var start in due.ReadAllAsync(cancellationToken))
        {
            if (!await sender.SendAsync(start, cancellationToken))
                return;
        }
    }
}
