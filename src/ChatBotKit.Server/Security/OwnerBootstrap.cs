using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Sees to it that there is an owner and that the configured secret opens the door, before the first request is taken.
/// On an ordinary start it costs one look-up.
/// </summary>
internal sealed class OwnerBootstrap(IStore store, ServerOptions options, TimeProvider time)
{
    /// <summary>The one token that follows the setting: a changed setting replaces it, an absent one leaves it.</summary>
    public const string ConfiguredTokenId = "configured";

    /// <summary>The secret that was made at this start and is shown once; null when there was one already.</summary>
    public string? NewSecret { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.ApiSecret is { } configured)
            await AcceptAsync(configured, cancellationToken);
        else if (!await store.AnyAccountAsync(cancellationToken))
            NewSecret = await CreateOwnerAsync(cancellationToken);
    }

    private async Task AcceptAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Digest.Of(secret).ToArray();
        if (await store.FindApiTokenAsync(hash, cancellationToken) is { RevokedAt: null })
            return;
        var now = Now();
        await store.WriteAsync(db => SetConfiguredToken(db, hash, now), cancellationToken);
    }

    private async Task<string> CreateOwnerAsync(CancellationToken cancellationToken)
    {
        var secret = ApiTokens.NewSecret();
        var hash = Digest.Of(secret).ToArray();
        var (tokenId, now) = (Ids.New(), Now());
        await store.WriteAsync(db => AddToken(db, tokenId, FindOrAddOwner(db, now), hash, now), cancellationToken);
        return secret;
    }

    private static ApiTokenEntity SetConfiguredToken(ServerDbContext db, byte[] hash, long now)
    {
        if (db.Set<ApiTokenEntity>().SingleOrDefault(token => token.Id == ConfiguredTokenId) is not { } existing)
            return AddToken(db, ConfiguredTokenId, FindOrAddOwner(db, now), hash, now);
        db.Entry(existing).Property(nameof(ApiTokenEntity.Hash)).CurrentValue = hash;
        existing.RevokedAt = null;
        return existing;
    }

    private static ApiTokenEntity AddToken(ServerDbContext db, string id, string accountId, byte[] hash, long now) =>
        db.Add(new ApiTokenEntity { Id = id, AccountId = accountId, Hash = hash, Name = "Owner", CreatedAt = now }).Entity;

    private static string FindOrAddOwner(ServerDbContext db, long now)
    {
        var owner = db.Set<AccountEntity>().AsNoTracking()
            .Where(account => account.ParentId == null).OrderBy(account => account.CreatedAt).FirstOrDefault();
        return (owner ?? db.Add(new AccountEntity { Id = Ids.New(), Name = "Owner", CreatedAt = now }).Entity).Id;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
