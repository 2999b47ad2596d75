using System.Security.Cryptography;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>Finds API tokens and checks whether they are valid.</summary>
internal sealed class ApiTokens : IChangeListener
{
    /// <summary>The minimum length of a secret that an owner chooses.</summary>
    public const int MinSecretLength = 16;

    /// <summary>The minimum number of different characters of a secret that an owner chooses.</summary>
    public const int MinDifferentCharacters = 8;

    private readonly ReadThroughCache<Digest, ApiToken> _cache = new(capacity: 1024);
    private readonly IStore _store;
    private readonly ApiTokenKey _key;
    private readonly TimeProvider _time;

    public ApiTokens(IStore store, ApiTokenKey key, ChangeFeed changes, TimeProvider time)
    {
        (_store, _key, _time) = (store, key, time);
        changes.Listen(this);
    }

    /// <summary>Creates a secret: <c>sk-</c> and 64 hexadecimal digits.</summary>
    public static string NewSecret() => "sk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether an owner may choose this secret. It must be valid in a header and distinguishable from a session token.</summary>
    public static bool IsUsableSecret(string secret) =>
        secret.Length >= MinSecretLength
        && !secret.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !Authenticator.LooksLikeJwt(secret);

    /// <summary>Whether the secret is neither a repetition of a few characters nor a run through the alphabet.</summary>
    public static bool IsVaried(string secret)
    {
        var steps = secret.Zip(secret.Skip(1), (one, next) => Math.Abs(next - one)).Count(step => step <= 1);
        // A text that repeats itself occurs in its own doubling at a place other than the start and the middle.
        var isRepetition = (secret + secret).IndexOf(secret, 1, StringComparison.Ordinal) < secret.Length;
        return secret.Distinct().Count() >= MinDifferentCharacters && steps * 4 <= secret.Length * 3 && !isRepetition;
    }

    /// <summary>Finds the token with this secret, valid or not; null when there is none.</summary>
    public ValueTask<ApiToken?> FindAsync(string secret, CancellationToken cancellationToken) =>
        FindAsync(Digest.Of(secret), cancellationToken);

    /// <summary>Whether the token is valid now, according to its current row.</summary>
    public async ValueTask<bool> IsGoodAsync(ApiToken token, CancellationToken cancellationToken) =>
        await FindAsync(token.Digest, cancellationToken) is { } found && IsGood(found.Row);

    /// <summary>Whether a token with this row is accepted now.</summary>
    public bool IsGood(ApiTokenRow row) => StatusOf(row) == ServerTokenStatus.Active;

    public ServerTokenStatus StatusOf(ApiTokenRow row)
    {
        if (row.RevokedAt is not null)
            return ServerTokenStatus.Revoked;
        if (row.ExpiresAt <= _time.GetUtcNow().ToUnixTimeMilliseconds())
            return ServerTokenStatus.Expired;
        return row.KeyId == _key.Id ? ServerTokenStatus.Active : ServerTokenStatus.Lost;
    }

    /// <summary>Drops cached tokens when a token changes, so that a revoked one is refused from the next request on.</summary>
    public void OnChanged(in Change change)
    {
        if (change is { Kind: ChangedKinds.ApiToken, What: not ChangeKind.Created } or { Kind: ChangedKinds.Account, What: ChangeKind.Deleted })
            _cache.InvalidateAll();
    }

    private ValueTask<ApiToken?> FindAsync(Digest digest, CancellationToken cancellationToken) =>
        _cache.GetAsync(digest, this, LoadAsync, cancellationToken);

    private static async ValueTask<ApiToken?> LoadAsync(Digest digest, ApiTokens tokens, CancellationToken cancellationToken) =>
        await tokens.FindRowAsync(digest, cancellationToken) is { } row ? new ApiToken(row, digest) : null;

    private ValueTask<ApiTokenRow?> FindRowAsync(Digest digest, CancellationToken cancellationToken) =>
        _store.FindApiTokenAsync(_key.HashOf(digest.ToArray()), cancellationToken);
}

/// <summary>An API token with its row.</summary>
internal sealed class ApiToken(ApiTokenRow row, Digest digest)
{
    private long _noted;

    public string Id => Row.Id;

    public ApiTokenRow Row { get; } = row;

    /// <summary>The only routes that the token may call; null for all.</summary>
    public AllowedRoutes? AllowedRoutes { get; } = AllowedRoutes.Parse(row.Config);

    /// <summary>The digest by which the token is found again. It is not usable as a credential.</summary>
    public Digest Digest { get; } = digest;

    /// <summary>Whether a use should be recorded, which happens at most once per interval.</summary>
    public bool IsToBeNoted(long now, long interval)
    {
        var noted = Volatile.Read(ref _noted);
        return now - noted >= interval && Interlocked.CompareExchange(ref _noted, now, noted) == noted;
    }
}
