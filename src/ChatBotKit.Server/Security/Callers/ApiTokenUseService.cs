using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Security;

/// <summary>Stores, every minute, when API tokens were used last. The rest is stored when the server stops.</summary>
internal sealed class ApiTokenUseService(ApiTokenUses uses, TimeProvider time, ILogger<ApiTokenUseService> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => uses.FlushAsync(stoppingToken);
}
