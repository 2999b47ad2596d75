using ChatBotKit.Server.Data;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.BackgroundWork;

/// <summary>Looks, every minute, whether it is time for a new signing key.</summary>
internal sealed class KeyRotationService(
    KeyRing keys, SessionAudit audit, ServerOwner owner, ServerOptions options, TimeProvider time, ILogger<KeyRotationService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly PeriodicTimer _timer = new(Interval, time);

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.KeyRotationDays == 0)
            return;
        while (await _timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RotateWhenDueAsync(TimeSpan.FromDays(options.KeyRotationDays), () => RecordAsync(stoppingToken), stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogWarning(exception, "The signing keys could not be looked at; the next try is in a minute.");
            }
        }
    }

    private async Task<KeyRing.StoreWith> RecordAsync(CancellationToken cancellationToken)
    {
        var account = await owner.FindAsync(cancellationToken);
        return (db, keyId) =>
        {
            if (account is not null)
                db.NewAuditRecords.Add(audit.OfKey(account, SessionAuditType.RotateKey, keyId));
        };
    }
}
