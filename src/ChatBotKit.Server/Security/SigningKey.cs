using System.Security.Cryptography;
using ChatBotKit.Server.Data.Entities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>One ES256 key, ready to sign and to verify. It lives as long as the process.</summary>
internal sealed class SigningKey
{
    private SigningKey(SigningKeyEntity row, ECDsaSecurityKey key, SigningCredentials credentials)
    {
        Row = row;
        SecurityKey = key;
        Credentials = credentials;
    }

    public SigningKeyEntity Row { get; }

    public ECDsaSecurityKey SecurityKey { get; }

    /// <summary>Kept, because the library caches its signer per credentials.</summary>
    public SigningCredentials Credentials { get; }

    public static SigningKey Load(SigningKeyEntity row, IDataProtector protector)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(protector.Unprotect(row.ProtectedPrivateKey), out _);
        var security = new ECDsaSecurityKey(key) { KeyId = row.Id };
        return new SigningKey(row, security, new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256));
    }

    /// <summary>The same key after its row was changed.</summary>
    public SigningKey With(SigningKeyEntity row) => new(row, SecurityKey, Credentials);

    /// <summary>The row of a new key, named by its thumbprint (RFC 7638).</summary>
    public static SigningKeyEntity Create(IDataProtector protector, long createdAt, long activeFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        var id = Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());
        return new SigningKeyEntity
        {
            Id = id,
            PublicJwk = $$"""{"kty":"EC","crv":"P-256","x":"{{jwk.X}}","y":"{{jwk.Y}}","kid":"{{id}}","use":"sig","alg":"ES256"}""",
            ProtectedPrivateKey = protector.Protect(key.ExportPkcs8PrivateKey()),
            CreatedAt = createdAt,
            ActiveFrom = activeFrom,
        };
    }
}
