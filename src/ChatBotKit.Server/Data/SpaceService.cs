using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Data;

/// <summary>Gives, every ten seconds, room of deleted rows back to the disk, when there is much of it.</summary>
internal sealed class SpaceService(IStoreMaintenance store, TimeProvider time, ILogger<SpaceService> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), time, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => store.ReleaseSpaceAsync(stoppingToken);
}
