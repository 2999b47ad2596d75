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

    /// <summary>How often a message is published again after a run that writes to the same channel was refused.</summary>
    private const int MaxTries = 5;

    /// <summary>Appends one JSON object. When the task completes, the object is stored and published to the subscribers.</summary>
    /// <remarks>
    /// A message shares its commit with the runs that write to the channel, and none of the commit is stored when the rows of such a
    /// run are refused, because its conversation was deleted or the run has ended elsewhere. So a refused message is published again.
    /// </remarks>
    /// <exception cref="DuplicateKeyException">The key of the message is taken.</exception>
    public async Task PublishAsync(string logId, ReadOnlyMemory<byte> message, IdempotencyRow? idempotency, SessionUse? use = null)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await AppendAsync(logId, message, idempotency, use);
                return;
            }
            catch (Exception refused) when (
                tries < MaxTries && refused is MissingParentException or StaleWriteException or DuplicateKeyException)
            {
            }
        }
    }

    /// <summary>Subscribes to the channel, starting <paramref name="history"/> messages before its end.</summary>
    public async Task<ChannelSubscription> SubscribeAsync(string logId, int history, TimeSpan? heartbeat)
    {
        var log = await logs.OpenAsync(logId);
        var end = log.Published;
        return new ChannelSubscription(logs, logId, log.CreateReader(Math.Max(0, end - history), clock, heartbeat)) { End = end };
    }

    private async Task AppendAsync(string logId, ReadOnlyMemory<byte> message, IdempotencyRow? idempotency, SessionUse? use)
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
