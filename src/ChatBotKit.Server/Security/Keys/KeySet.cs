using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Security;

/// <summary>The keys as they are used at one moment, and until the next of them changes its part.</summary>
internal sealed class KeySet
{
    private readonly long _until;

    /// <param name="keys">Those that are trusted, the newest first.</param>
    /// <param name="now">The moment, in milliseconds.</param>
    public KeySet(IReadOnlyList<SigningKey> keys, long now)
    {
        Trusted = keys;
        Current = keys.Where(key => key.Credentials is not null && key.Row.Signs(now)).MaxBy(key => key.Row.ActiveFrom);
        Jwks = Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys.Select(key => key.Row.PublicJwk))}}]}""");
        JwksTag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Jwks).AsSpan(0, 16))}\"");
        _until = keys.Count == 0 ? long.MaxValue : keys.Min(key => key.Row.ChangesAt(now));
    }

    /// <summary>The keys whose signatures are good, those that will sign soon included; the newest first.</summary>
    public IReadOnlyList<SigningKey> Trusted { get; }

    /// <summary>The key that signs; null when there is none yet, or none that can.</summary>
    public SigningKey? Current { get; }

    /// <summary>The public halves as a JSON Web Key Set.</summary>
    public byte[] Jwks { get; }

    /// <summary>Changes with the key set.</summary>
    public EntityTagHeaderValue JwksTag { get; }

    public bool IsGoodAt(long now) => now < _until;
}
