using ChatBotKit.Server.Data;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.BackgroundWork;

/// <summary>Stores, every second, the audit records that no request has waited for. The rest is stored when the server stops.</summary>
internal sealed class AuditService(AuditQueue queue, TimeProvider time, ILogger<AuditService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Interval, time);

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await queue.FlushDueAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogWarning(exception, "Audit records could not be stored; the next try is in a second.");
            }
        }
    }
}
