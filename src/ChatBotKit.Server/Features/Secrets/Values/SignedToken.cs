using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Signs the token of a <c>jwt</c> secret with its private key.</summary>
internal static class SignedToken
{
    private const int DefaultSeconds = 600;

    private const int MaxSeconds = 24 * 60 * 60;

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <param name="place">The secret, with the settings <c>algorithm</c>, <c>expiresInSeconds</c>, <c>claims</c> and <c>schema</c>.</param>
    /// <param name="key">The private key in PKCS #8 form, as PEM or as base64.</param>
    /// <param name="now">The time of the signature.</param>
    public static SecretValue Create(SecretPlace place, string key, DateTimeOffset now)
    {
        var algorithm = place.Setting("algorithm") ?? SecurityAlgorithms.RsaSha256;
        if (algorithm is not ("RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512"))
            return SecretValue.Missing("The algorithm of the secret must be RS256, RS384, RS512, PS256, PS384 or PS512");
        if (SecondsOf(place) is not { } seconds)
            return SecretValue.Missing($"\"expiresInSeconds\" of the secret must be a whole number from 1 to {MaxSeconds}");
        using var rsa = RSA.Create();
        if (!TryImport(rsa, key))
            return SecretValue.Missing("The value of the secret is not a private RSA key in PKCS #8 form");
        if (rsa.KeySize < 2048)
            return SecretValue.Missing("The private key of the secret must have at least 2048 bits");
        // The library would cache a signer that uses the key after its disposal.
        var security = new RsaSecurityKey(rsa) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = ClaimsOf(place, now, seconds),
            SigningCredentials = new SigningCredentials(security, algorithm),
        });
        return SecretHeaders.HeaderOf($"{SecretHeaders.SchemaOf(place)} {token}");
    }

    private static Dictionary<string, object> ClaimsOf(SecretPlace place, DateTimeOffset now, int seconds)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal);
        if (place.Config?["claims"] is JsonObject given)
        {
            foreach (var (name, value) in given)
            {
                if (value is not null)
                    claims[name] = JsonElement.Parse(value.ToJsonString());
            }
        }

        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = now.ToUnixTimeSeconds() + seconds;
        return claims;
    }

    private static int? SecondsOf(SecretPlace place) => place.Config?["expiresInSeconds"] switch
    {
        null => DefaultSeconds,
        JsonValue value when value.TryGetValue<int>(out var seconds) && seconds is > 0 and <= MaxSeconds => seconds,
        _ => null,
    };

    private static bool TryImport(RSA rsa, string key)
    {
        try
        {
            if (key.StartsWith("-----", StringComparison.Ordinal))
                rsa.ImportFromPem(key);
            else
                rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(key), out _);
            // A public key can be imported as well, and can't sign.
            return rsa.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
