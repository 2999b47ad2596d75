using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Sees to it that there is an owner who can get in: that the configured secret opens the door before the first request is
/// taken, and that a token is made and shown when there is none. On an ordinary start it costs two look-ups.
/// </summary>
internal sealed class OwnerBootstrap(
    IStore store, ApiTokens tokens, ApiTokenKey key, ServerOwner owner, SecurityOptions options, TimeProvider time,
    ILogger<OwnerBootstrap> logger)
{
    /// <summary>The one token that follows the setting: another setting replaces it, and an absent one ends it.</summary>
    public const string ConfiguredTokenId = "configured";

    private const string Setting = "CHATBOTKIT_API_SECRET";

    private IReadOnlyList<ApiTokenRow> _rows = [];

    /// <summary>The secret that was made at this start and is shown once; null when there was a good one already.</summary>
    public string? NewSecret { get; private set; }

    /// <summary>To be called before the server listens.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _rows = await store.ListApiTokensAsync(cancellationToken);
        // Read before a change needs it: where the key is in the database, the one can't wait for the other.
        _ = key.Id;
        if (_rows.Any(row => row.KeyId is null))
            await TakeOverAsync(cancellationToken);
        await FollowSettingAsync(cancellationToken);
        await owner.FindAsync(cancellationToken);
        if (_rows.Any(row => tokens.StatusOf(row) == ServerTokenStatus.Lost))
            logger.LogWarning("The key of some API tokens is not in the directory of keys any more. They are refused; make new ones.");
    }

    /// <summary>
    /// Makes a token when the owner has none that is good. To be called when the server listens: a token that is made by a
    /// start that fails would never be seen.
    /// </summary>
    public async Task EnsureTokenAsync(CancellationToken cancellationToken)
    {
        if (_rows.Any(row => row.AccountId == owner.AccountId && tokens.IsGood(row)))
            return;
        var secret = ApiTokens.NewSecret();
        var (id, hash, now) = (Ids.New(), key.HashOf(secret), Now());
        await store.ChangeAsync(db => db.AddApiTokenAsync(id, "Made at a start", hash, key.Id, now), cancellationToken);
        await owner.FindAsync(cancellationToken);
        NewSecret = secret;
    }

    /// <summary>Hashes once more, under the key, what an older version has stored.</summary>
    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await store.ChangeAsync(
            async db =>
            {
                var rows = await db.ListApiTokensWithoutKeyAsync();
                foreach (var row in rows)
                    await db.SetApiTokenHashAsync(row.Id, key.HashOf(row.Hash), key.Id);
                return rows.Count;
            },
            cancellationToken);
        _rows = await store.ListApiTokensAsync(cancellationToken);
    }

    private async Task FollowSettingAsync(CancellationToken cancellationToken)
    {
        var configured = _rows.FirstOrDefault(row => row.Id == ConfiguredTokenId);
        if (options.ApiSecret is not { } secret)
        {
            if (configured is { RevokedAt: null })
                await ReplaceAsync(null, cancellationToken);
            return;
        }

        var hash = key.HashOf(secret);
        // Also that of a child account, which the rows do not have.
        var named = await store.FindApiTokenAsync(hash, cancellationToken);
        if (named is not null && !tokens.IsGood(named))
        {
            logger.LogWarning(
                "{Setting} is the API token {Token}, which was revoked or has expired, and stays refused. Set another one.", Setting, named.Id);
        }

        if (named is null)
            await ReplaceAsync(hash, cancellationToken);
        else if (named.Id != ConfiguredTokenId && configured is { RevokedAt: null })
            await ReplaceAsync(null, cancellationToken);
    }

    /// <summary>Puts a token with this hash in the place of the configured one; null for none.</summary>
    private async Task ReplaceAsync(byte[]? hash, CancellationToken cancellationToken)
    {
        var now = Now();
        await store.ChangeAsync(
            async db =>
            {
                await EndConfiguredAsync(db, now);
                return hash is null ? null : await db.AddApiTokenAsync(ConfiguredTokenId, Setting, hash, key.Id, now);
            },
            cancellationToken);
        _rows = await store.ListApiTokensAsync(cancellationToken);
    }

    private static async ValueTask EndConfiguredAsync(ISqlTransaction db, long now)
    {
        if (await db.FindApiTokenAsync(ConfiguredTokenId) is not { } old)
            return;
        if (old.RevokedAt is not null)
        {
            // It stays refused, should the setting ever name it again.
            await db.RenameApiTokenAsync(old.Id, Ids.New());
            return;
        }

        await db.DeleteApiTokenAsync(old);
        await db.AuditAsync(SessionAudit.OfSystem(old.AccountId, SessionAuditType.RevokeToken, old.Id, now));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
