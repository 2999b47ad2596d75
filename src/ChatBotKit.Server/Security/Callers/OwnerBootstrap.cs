using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Makes sure that the owner has a valid API token: activates the configured secret before the first request, and creates and shows
/// a token if there is none. On an ordinary start this costs two queries.
/// </summary>
internal sealed class OwnerBootstrap(
    IStore store, ApiTokens tokens, ApiTokenKey key, ServerOwner owner, SecurityOptions options, TimeProvider time,
    ILogger<OwnerBootstrap> logger)
{
    /// <summary>
    /// The id of the token with the configured secret. Changing the setting replaces the token; removing the setting ends it.
    /// </summary>
    public const string ConfiguredTokenId = "configured";

    private const string Setting = "CHATBOTKIT_API_SECRET";

    private IReadOnlyList<ApiTokenRow> _rows = [];

    /// <summary>The secret that was created at this start and is shown once; null when there was a valid token.</summary>
    public string? NewSecret { get; private set; }

    /// <summary>Activates the configured secret. The host calls this before the server listens.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _rows = await store.ListApiTokensAsync(cancellationToken);
        // Loads the key before the changes below need it. The key may be in the database, and a change must not wait for another one.
        _ = key.Id;
        if (_rows.Any(row => row.KeyId is null))
            await RehashAsync(cancellationToken);
        await FollowSettingAsync(cancellationToken);
        await owner.FindAsync(cancellationToken);
        if (_rows.Any(row => tokens.StatusOf(row) == ServerTokenStatus.Lost))
            logger.LogWarning("The key of some API tokens is no longer in the directory of keys. These tokens are refused; create new ones.");
    }

    /// <summary>
    /// Creates a token if the owner has no valid one. The host calls this after the server listens, because nobody would see a
    /// token of a failed start.
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

    /// <summary>Hashes the stored hashes of older versions again, now under the key.</summary>
    private async Task RehashAsync(CancellationToken cancellationToken)
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
        // The token may belong to a child account, which the rows do not include.
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

    /// <summary>Replaces the configured token with one that has this hash; null to have none.</summary>
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
            // The old token stays revoked under a new id, in case the setting ever has its secret again.
            await db.RenameApiTokenAsync(old.Id, Ids.New());
            return;
        }

        await db.DeleteApiTokenAsync(old);
        await db.AuditAsync(SessionAudit.OfSystem(old.AccountId, SessionAuditType.RevokeToken, old.Id, now));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
