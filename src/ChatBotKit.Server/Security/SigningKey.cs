using System.Security.Cryptography;
using ChatBotKit.Server.Data.Entities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>One ES256 key, ready to sign and to verify. It lives as long as the process.</summary>
internal sealed class SigningKey
{
    private SigningKey(SigningKeyEntity row, ECDsa key)
    {
        Row = row;
        SecurityKey = new ECDsaSecurityKey(key) { KeyId = row.Id };
        Credentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.EcdsaSha256);
    }

    public SigningKeyEntity Row { get; }

    public ECDsaSecurityKey SecurityKey { get; }

    /// <summary>Kept, because the library caches its signer per credentials.</summary>
    public SigningCredentials Credentials { get; }

    public static SigningKey Load(SigningKeyEntity row, IDataProtector protector)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(protector.Unprotect(row.ProtectedPrivateKey), out _);
        return new SigningKey(row, key);
    }

    /// <summary>A new key, named by its thumbprint (RFC 7638).</summary>
    public static SigningKey Create(IDataProtector protector, long createdAt, long activeFrom)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        var id = Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());
        var row = new SigningKeyEntity
        {
            Id = id,
            PublicJwk = $$"""{"kty":"EC","crv":"P-256","x":"{{jwk.X}}","y":"{{jwk.Y}}","kid":"{{id}}","use":"sig","alg":"ES256"}""",
            ProtectedPrivateKey = protector.Protect(key.ExportPkcs8PrivateKey()),
            CreatedAt = createdAt,
            ActiveFrom = activeFrom,
        };
        return new SigningKey(row, key);
    }
}
