using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Security;

/// <summary>The keys in their state at one time. It is valid until the state of a key changes.</summary>
internal sealed class KeySet
{
    private readonly long _until;

    /// <param name="keys">The trusted keys, newest first.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    public KeySet(IReadOnlyList<SigningKey> keys, long now)
    {
        Trusted = keys;
        Current = keys.Where(key => key.Credentials is not null && key.Row.Signs(now)).MaxBy(key => key.Row.ActiveFrom);
        Jwks = Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys.Select(key => key.Row.PublicJwk))}}]}""");
        JwksTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Jwks).AsSpan(0, 16))}\"");
        _until = keys.Count == 0 ? long.MaxValue : keys.Min(key => key.Row.ChangesAt(now));
    }

    /// <summary>The keys whose signatures are accepted, including those that will sign soon; newest first.</summary>
    public IReadOnlyList<SigningKey> Trusted { get; }

    /// <summary>The key that signs; null when there is none, or none that can be decrypted.</summary>
    public SigningKey? Current { get; }

    /// <summary>The public keys as a JSON Web Key Set.</summary>
    public byte[] Jwks { get; }

    /// <summary>The entity tag of <see cref="Jwks"/>.</summary>
    public EntityTagHeaderValue JwksTag { get; }

    public bool IsGoodAt(long now) => now < _until;
}
