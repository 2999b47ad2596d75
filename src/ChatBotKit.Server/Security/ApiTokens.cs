using System.Security.Cryptography;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Security;

/// <summary>The API tokens: how they look, and which of them are good.</summary>
internal sealed class ApiTokens(IStore store)
{
    /// <summary>The shortest secret that an owner may choose.</summary>
    public const int MinSecretLength = 16;

    private readonly RowCache<Digest, ApiTokenEntity> _cache = new(capacity: 1024);

    /// <summary>A new secret: <c>sk-</c> and 64 hexadecimal digits.</summary>
    public static string NewSecret() => "sk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether an owner may choose this secret: it must fit into a header and be told from a session token.</summary>
    public static bool IsUsableSecret(string secret) =>
        secret.Length >= MinSecretLength
        && !secret.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !Authenticator.LooksLikeJwt(secret);

    /// <summary>The token of this secret; null when there is none or it was revoked.</summary>
    public async ValueTask<ApiTokenEntity?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var token = await _cache.GetAsync(Digest.Of(secret), store, LoadAsync, cancellationToken);
        return token is { RevokedAt: null } ? token : null;
    }

    /// <summary>To be called after a token was changed, revoked or deleted: it takes effect with the next request.</summary>
    public void Invalidate(ReadOnlySpan<byte> hash) => _cache.Invalidate(Digest.FromBytes(hash));

    private static ValueTask<ApiTokenEntity?> LoadAsync(Digest hash, IStore store, CancellationToken cancellationToken) =>
        store.FindApiTokenAsync(hash.ToArray(), cancellationToken);
}
