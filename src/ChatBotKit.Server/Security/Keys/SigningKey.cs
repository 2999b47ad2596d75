using System.Security.Cryptography;
using ChatBotKit.Server.Data.Rows;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>An ES256 key that can sign and verify. It lives as long as the process.</summary>
internal sealed class SigningKey
{
    private SigningKey(SigningKeyRow row, ECDsaSecurityKey key, SigningCredentials? credentials)
    {
        Row = row;
        SecurityKey = key;
        Credentials = credentials;
    }

    public SigningKeyRow Row { get; }

    public ECDsaSecurityKey SecurityKey { get; }

    /// <summary>
    /// The credentials for signing; null for a key that can only verify. They are kept, because the library caches its signer per
    /// credentials.
    /// </summary>
    public SigningCredentials? Credentials { get; }

    /// <summary>
    /// Loads a key. If its private key can't be decrypted, it can't sign, but still verifies the tokens that it has signed.
    /// </summary>
    public static SigningKey Load(SigningKeyRow row, IDataProtector protector)
    {
        var key = ECDsa.Create();
        var canSign = TryImport(key, row, protector);
        if (!canSign)
            key.ImportParameters(PublicHalf(row));
        var security = new ECDsaSecurityKey(key) { KeyId = row.Id };
        return new SigningKey(row, security, canSign ? new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256) : null);
    }

    /// <summary>Returns the same key with a changed row.</summary>
    public SigningKey With(SigningKeyRow row) => new(row, SecurityKey, Credentials);

    /// <summary>Creates the row of a new key. Its id is its thumbprint (RFC 7638).</summary>
    public static SigningKeyRow Create(IDataProtector protector, long createdAt, long activeFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        var id = Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());
        return new SigningKeyRow
        {
            Id = id,
            PublicJwk = $$"""{"kty":"EC","crv":"P-256","x":"{{jwk.X}}","y":"{{jwk.Y}}","kid":"{{id}}","use":"sig","alg":"ES256"}""",
            ProtectedPrivateKey = protector.Protect(key.ExportPkcs8PrivateKey()),
            CreatedAt = createdAt,
            ActiveFrom = activeFrom,
        };
    }

    private static bool TryImport(ECDsa key, SigningKeyRow row, IDataProtector protector)
    {
        try
        {
            key.ImportPkcs8PrivateKey(protector.Unprotect(row.ProtectedPrivateKey), out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters PublicHalf(SigningKeyRow row)
    {
        var jwk = new JsonWebKey(row.PublicJwk);
        return new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
        };
    }
}
