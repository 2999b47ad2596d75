using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>The claims of a token with a valid signature.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ConversationId">The conversation of the session.</param>
/// <param name="Generation">1 for the first token of the session. Tokens of older servers lack the claim and count as 1.</param>
/// <param name="KeyId">The key that signed the token.</param>
/// <param name="ExpiresAt">When the token expires.</param>
/// <param name="NotBefore">When the token becomes valid; the minimum value when it has no such claim.</param>
internal sealed record VerifiedToken(
    string SessionId, string ConversationId, int Generation, string KeyId, DateTimeOffset ExpiresAt, DateTimeOffset NotBefore = default)
{
    private const string Critical = "crit";

    /// <param name="token">The parsed token.</param>
    /// <param name="text">The token as it was received.</param>
    /// <returns>
    /// The claims. Null when a claim is missing that all tokens of this server have, when a time is not a number, or when the token
    /// lists a critical extension (RFC 7515, 4.1.11), because this server supports none.
    /// </returns>
    public static VerifiedToken? From(JsonWebToken token, string text)
    {
        using var header = Part(text, 0);
        using var payload = Part(text, 1);
        if (header.RootElement.TryGetProperty(Critical, out _)
            || Time(payload.RootElement, JwtRegisteredClaimNames.Exp) is not { } expiresAt
            || Time(payload.RootElement, JwtRegisteredClaimNames.Nbf, DateTimeOffset.MinValue) is not { } notBefore)
            return null;
        var generation = token.TryGetPayloadValue<int>(SessionTokens.Generation, out var number) ? number : 1;
        return token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Jti, out var session)
            && token.TryGetPayloadValue<string>("conversationId", out var conversation)
                ? new(session, conversation, generation, token.Kid, expiresAt, notBefore)
                : null;
    }

    private static JsonDocument Part(string token, int index) => JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[index]));

    /// <summary>
    /// Reads a time in seconds since 1970, possibly with a fraction (RFC 7519, 2). A time outside the range of
    /// <see cref="DateTimeOffset"/> becomes the nearest one inside.
    /// </summary>
    /// <returns><paramref name="absent"/> when there is no such claim; null when it is not a number.</returns>
    private static DateTimeOffset? Time(JsonElement claims, string name, DateTimeOffset? absent = null)
    {
        if (!claims.TryGetProperty(name, out var claim))
            return absent;
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds))
            return null;
        var milliseconds = Math.Clamp(
            seconds * 1000,
            DateTimeOffset.MinValue.ToUnixTimeMilliseconds(),
            DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
    }
}
