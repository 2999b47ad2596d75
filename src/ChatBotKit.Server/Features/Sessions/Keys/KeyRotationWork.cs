using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.BackgroundWork;

/// <summary>Looks, every minute, whether it is time for a new signing key.</summary>
internal sealed class KeyRotationService(
    KeyRing keys, ServerOwner owner, SecurityOptions options, TimeProvider time, ILogger<KeyRotationService> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.KeyRotationDays == 0 ? Task.CompletedTask : base.ExecuteAsync(stoppingToken);

    protected override Task WorkAsync(CancellationToken stoppingToken) =>
        keys.RotateWhenDueAsync(TimeSpan.FromDays(options.KeyRotationDays), () => RecordAsync(stoppingToken), stoppingToken);

    private async Task<KeyRing.StoreWith> RecordAsync(CancellationToken cancellationToken)
    {
        var account = await owner.FindAsync(cancellationToken);
        return (db, keyId) => account is null
            ? ValueTask.CompletedTask
            : db.AuditAsync(SessionAudit.OfSystem(account, SessionAuditType.RotateKey, keyId, Time.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
