using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The keys that sign session tokens. They are loaded at first use, and the first key is created then. A retired key signs no more
/// but verifies until its last token has expired; a revoked key does neither.
/// </summary>
internal sealed class KeyRing : IChangeListener, IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private readonly IStore _store;
    private readonly OpenedKeys _opened;
    private readonly TimeProvider _time;
    private volatile KeySet? _keys;
    private long _version;

    public KeyRing(
        IStore store, Lazy<IDataProtectionProvider> protection, ChangeFeed changes, TimeProvider time, ILogger<KeyRing> logger)
    {
        (_store, _opened, _time) = (store, new OpenedKeys(protection, logger), time);
        changes.Listen(this);
    }

    /// <summary>Stores further rows in the transaction that creates a key with the given id.</summary>
    public delegate ValueTask StoreWith(ISqlTransaction db, string newKeyId);

    /// <summary>Returns the key that signs now.</summary>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellationToken) =>
        (await WithCurrentAsync(cancellationToken)).Current!;

    /// <summary>
    /// Returns all keys. A signing key is created if there is none, so that an early request for the list does not get, and cache,
    /// an empty one.
    /// </summary>
    public async ValueTask<KeySet> WithCurrentAsync(CancellationToken cancellationToken)
    {
        var keys = await LoadAsync(cancellationToken);
        return keys.Current is null ? await ChangeAsync(EnsureCurrentAsync, cancellationToken) : keys;
    }

    /// <summary>Returns every key whose signatures are accepted, newest first.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> TrustedAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken)).Trusted;

    /// <summary>Creates a key that signs from now on.</summary>
    /// <returns>The id of the key.</returns>
    public async Task<string> RotateAsync(StoreWith with, CancellationToken cancellationToken)
    {
        var keys = await ChangeAsync((_, now, token) => StoreNewAsync(now, now, with, token), cancellationToken);
        return keys.Current!.Row.Id;
    }

    /// <summary>
    /// Creates the next key when the current one has reached the given age. The next key is published at once and signs a little
    /// later.
    /// </summary>
    /// <param name="age">How long a key signs.</param>
    /// <param name="prepare">Called only when a key is due.</param>
    /// <param name="cancellationToken">The token that cancels the work before the key is stored; it has no effect afterwards.</param>
    public async Task RotateWhenDueAsync(TimeSpan age, Func<Task<StoreWith>> prepare, CancellationToken cancellationToken)
    {
        if (!IsDue(await _store.ListSigningKeysAsync(cancellationToken), age))
            return;
        var with = await prepare();
        await ChangeAsync(
            async (rows, now, token) =>
            {
                if (IsDue(rows, age))
                    await StoreNewAsync(now, now + (long)KeyLife.PublishedAhead.TotalMilliseconds, with, token);
            },
            cancellationToken);
    }

    /// <summary>Revokes a key: no token that it has signed is accepted any more. If it was signing, a new key signs at once.</summary>
    /// <param name="keyId">The id of the key.</param>
    /// <param name="with">Stores further rows in the transaction. It gets the id of the new key, or null when none was needed.</param>
    /// <param name="cancellationToken">
    /// The token that cancels the work before the revocation is stored; it has no effect afterwards.
    /// </param>
    /// <returns>False when the key was revoked before.</returns>
    /// <exception cref="ApiException">404: there is no such key.</exception>
    public async Task<bool> RevokeAsync(string keyId, Func<ISqlTransaction, string?, ValueTask> with, CancellationToken cancellationToken)
    {
        var revoked = false;
        await ChangeAsync(
            async (rows, now, token) =>
            {
                var row = rows.FirstOrDefault(row => row.Id == keyId) ?? throw ApiException.NotFound("Key");
                if (row.RevokedAt is not null)
                    return;
                await StoreRevokedAsync(row, now, with, token);
                revoked = true;
            },
            cancellationToken);
        return revoked;
    }

    /// <summary>Drops the loaded keys after a key was added, retired or revoked, in this process or another.</summary>
    public void OnChanged(in Change change)
    {
        if (change.Kind != ChangedKinds.SigningKey)
            return;
        Interlocked.Increment(ref _version);
        _keys = null;
    }

    public void Dispose() => _changing.Dispose();

    private ValueTask<KeySet> LoadAsync(CancellationToken cancellationToken) =>
        _keys is { } keys && keys.IsGoodAt(Now()) ? new(keys) : new(ChangeAsync(change: null, cancellationToken));

    /// <summary>Applies one change at a time, and loads the keys again after each.</summary>
    private async Task<KeySet> ChangeAsync(
        Func<IReadOnlyList<SigningKeyRow>, long, CancellationToken, Task>? change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            if (change is not null)
                await change(await _store.ListSigningKeysAsync(cancellationToken), Now(), cancellationToken);
            return change is null && _keys is { } keys && keys.IsGoodAt(Now()) ? keys : await ReadAsync();
        }
        finally
        {
            _changing.Release();
        }
    }

    // Not cancellable: a stored change must take effect even if its caller has cancelled.
    private async Task<KeySet> ReadAsync()
    {
        while (true)
        {
            var version = Interlocked.Read(ref _version);
            var now = Now();
            var rows = await _store.ListSigningKeysAsync(CancellationToken.None);
            var keys = new KeySet([.. rows.Where(row => row.IsTrusted(now)).Select(_opened.Open)], now);
            _opened.Keep(keys.Trusted);
            _keys = keys;
            if (version == Interlocked.Read(ref _version))
                return keys;
            // The keys have changed meanwhile, so the loaded ones may be outdated.
            _keys = null;
        }
    }

    private Task EnsureCurrentAsync(IReadOnlyList<SigningKeyRow> rows, long now, CancellationToken cancellationToken) =>
        rows.Any(row => row.Signs(now) && _opened.Open(row).Credentials is not null)
            ? Task.CompletedTask
            : StoreNewAsync(now, now, (_, _) => ValueTask.CompletedTask, cancellationToken);

    private Task<SigningKeyRow> StoreNewAsync(long now, long activeFrom, StoreWith with, CancellationToken cancellationToken)
    {
        var key = _opened.Create(now, activeFrom);
        return _store.ChangeAsync(
            async db =>
            {
                await db.AddSigningKeyAsync(key);
                await with(db, key.Id);
                return key;
            },
            cancellationToken);
    }

    private Task<SigningKeyRow> StoreRevokedAsync(
        SigningKeyRow row, long now, Func<ISqlTransaction, string?, ValueTask> with, CancellationToken cancellationToken)
    {
        var next = row.RetiredAt <= now ? null : _opened.Create(now, now);
        return _store.ChangeAsync(
            async db =>
            {
                if (next is not null)
                    await db.AddSigningKeyAsync(next);
                await db.RevokeSigningKeyAsync(row.Id, now);
                await with(db, next?.Id);
                return row;
            },
            cancellationToken);
    }

    private bool IsDue(IReadOnlyList<SigningKeyRow> rows, TimeSpan age)
    {
        var now = Now();
        return !rows.Any(row => row.IsPending(now))
            && rows.Where(row => row.Signs(now)).MaxBy(row => row.ActiveFrom) is { } current
            && current.ActiveFrom + (long)(age - KeyLife.PublishedAhead).TotalMilliseconds <= now;
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
