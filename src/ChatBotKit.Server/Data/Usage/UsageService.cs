using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Data;

/// <summary>Stores, every second, the usage that waits. The rest is stored when the server stops.</summary>
internal sealed class UsageService(UsageQueue queue, TimeProvider time, ILogger<UsageService> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => queue.FlushAsync(stoppingToken);
}
