using ChatBotKit.Server.Data;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The keys that sign session tokens. They are read at first use and the first one is made then. A retired key signs
/// nothing but still verifies; a revoked one does neither.
/// </summary>
internal sealed class KeyRing(IStore store, Lazy<IDataProtectionProvider> protection, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private volatile IReadOnlyList<SigningKey>? _keys;

    /// <summary>The key that signs now.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellationToken)
    {
        var keys = await LoadAsync(cancellationToken);
        return Current(keys) ?? await CreateAsync(cancellationToken);
    }

    /// <summary>Every key whose signatures are good, the newest first.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> TrustedAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken);

    /// <summary>To be called after a key was added, retired or revoked: the keys are read again.</summary>
    public void Invalidate() => _keys = null;

    public void Dispose() => _loading.Dispose();

    private static SigningKey? Current(IReadOnlyList<SigningKey> keys) => keys.FirstOrDefault(key => key.Row.RetiredAt is null);

    private ValueTask<IReadOnlyList<SigningKey>> LoadAsync(CancellationToken cancellationToken) =>
        _keys is { } keys ? new(keys) : new(ChangeAsync(create: false, cancellationToken));

    private async ValueTask<SigningKey> CreateAsync(CancellationToken cancellationToken) =>
        Current(await ChangeAsync(create: true, cancellationToken))!;

    private async Task<IReadOnlyList<SigningKey>> ChangeAsync(bool create, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var protector = protection.Value.CreateProtector("SigningKeys");
            var keys = _keys ?? await ReadAsync(protector, cancellationToken);
            if (create && Current(keys) is null)
                keys = [await StoreNewAsync(protector, cancellationToken), .. keys];
            _keys = keys;
            return keys;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<IReadOnlyList<SigningKey>> ReadAsync(IDataProtector protector, CancellationToken cancellationToken)
    {
        var rows = await store.ListSigningKeysAsync(cancellationToken);
        return [.. rows.Where(row => row.RevokedAt is null).Select(row => SigningKey.Load(row, protector))];
    }

    private async Task<SigningKey> StoreNewAsync(IDataProtector protector, CancellationToken cancellationToken)
    {
        var key = SigningKey.Create(protector, time.GetUtcNow().ToUnixTimeMilliseconds());
        await store.WriteAsync(db => db.Add(key.Row).Entity, cancellationToken);
        return key;
    }
}
