using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// Channels: logs that callers publish to and subscribe to. A channel belongs to the credential that uses it, so two callers who
/// pick the same id never share one. A message is stored before it is acknowledged.
/// </summary>
internal sealed class ChannelLogs(LogDirectory logs, TimeProvider clock)
{
    /// <summary>The prefix of the log ids of channels, by which the retention tells them from the logs of runs.</summary>
    public const string IdPrefix = "channel-";

    public static string LogId(string scopeId, string channelId) =>
        IdPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scopeId}\n{channelId}")).AsSpan(0, 16));

    /// <summary>Appends one JSON object. When the task completes, the object is stored and published to the subscribers.</summary>
    /// <exception cref="DuplicateKeyException">The key of the message is taken.</exception>
    public async Task PublishAsync(string logId, ReadOnlyMemory<byte> message, IdempotencyRow? idempotency, SessionUse? use = null)
    {
        var log = await logs.OpenAsync(logId);
        try
        {
            log.AppendObject(message.Span, rows =>
            {
                rows.Add(use);
                rows.Add(idempotency);
            });
            await log.FlushAsync();
        }
        finally
        {
            logs.Release(logId);
        }
    }

    /// <summary>Subscribes to the channel, starting <paramref name="history"/> messages before its end.</summary>
    public async Task<ChannelSubscription> SubscribeAsync(string logId, int history, TimeSpan? heartbeat)
    {
        var log = await logs.OpenAsync(logId);
        var end = log.Published;
        return new ChannelSubscription(logs, logId, log.CreateReader(Math.Max(0, end - history), clock, heartbeat)) { End = end };
    }
}

/// <summary>A subscription to a channel. Dispose it to unsubscribe.</summary>
internal sealed class ChannelSubscription(LogDirectory logs, string logId, LogReader reader) : IDisposable
{
    public LogReader Reader { get; } = reader;

    /// <summary>The number of the last message at the beginning of the subscription; 0 for none.</summary>
    public long End { get; init; }

    public void Dispose()
    {
        Reader.Dispose();
        logs.Release(logId);
    }
}
