using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Data;

/// <summary>Stores, every second, the events that wait. The rest is stored when the server stops.</summary>
internal sealed class EventService(EventQueue queue, TimeProvider time, ILogger<EventService> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => queue.FlushAsync(stoppingToken);
}
