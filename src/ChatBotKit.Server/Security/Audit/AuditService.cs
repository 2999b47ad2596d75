using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Security;

/// <summary>Stores, every second, the audit records that no request has waited for. The rest is stored when the server stops.</summary>
internal sealed class AuditService(AuditQueue queue, TimeProvider time, ILogger<AuditService> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => queue.FlushDueAsync(stoppingToken);
}
