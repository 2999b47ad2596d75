using System.Diagnostics;
using ChatBotKit.Bench.Harness;

namespace ChatBotKit.Bench.Load;

/// <summary>Sends requests over several connections. Each connection sends the next request when it has the response.</summary>
internal static class LoadGenerator
{
    /// <param name="server">The server.</param>
    /// <param name="requests">One request for each connection.</param>
    /// <param name="duration">The duration of the load.</param>
    /// <param name="cancellationToken">The token that cancels the load.</param>
    public static async Task<Sample> RunAsync(
        ServerProcess server, IReadOnlyList<RequestTemplate> requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        var senders = await RequestSender.ConnectAsync(server, requests, cancellationToken);
        try
        {
            var used = server.Usage;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(senders.Select(sender =>
                Task.Run(() => SendAsync(sender, watch, duration, cancellationToken), cancellationToken)));
            return RequestSender.Summarize(senders, watch.Elapsed, server.Usage - used);
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    private static async Task SendAsync(RequestSender sender, Stopwatch watch, TimeSpan duration, CancellationToken cancellationToken)
    {
        while (watch.Elapsed < duration)
        {
            if (!await sender.SendAsync(Stopwatch.GetTimestamp(), cancellationToken))
                return;
        }
    }
}
