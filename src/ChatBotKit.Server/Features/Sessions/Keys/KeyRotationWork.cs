using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Keys;

/// <summary>Checks every minute whether the signing key is due for rotation, and rotates it.</summary>
internal sealed class KeyRotationWork(KeyRing keys, ServerOwner owner, SecurityOptions options, TimeProvider time)
    : RecurringWork("key-rotation", TimeSpan.FromMinutes(1))
{
    /// <summary>The recurrence; null when keys are rotated only by hand.</summary>
    public override Recurrence? Recurrence => options.KeyRotationDays == 0 ? null : base.Recurrence;

    protected override Task WorkAsync(CancellationToken cancellationToken) => options.KeyRotationDays == 0
        ? Task.CompletedTask
        : keys.RotateWhenDueAsync(TimeSpan.FromDays(options.KeyRotationDays), () => RecordAsync(cancellationToken), cancellationToken);

    private async Task<KeyRing.StoreWith> RecordAsync(CancellationToken cancellationToken)
    {
        var account = await owner.FindAsync(cancellationToken);
        return (db, keyId) => account is null
            ? ValueTask.CompletedTask
            : db.AuditAsync(SessionAudit.OfSystem(account, SessionAuditType.RotateKey, keyId, time.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
