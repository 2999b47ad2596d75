using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>The claims of a token whose signature is good.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ConversationId">The conversation that it is for.</param>
/// <param name="Generation">1 for the first token of the session; also of one that says nothing, as older servers made them.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="ExpiresAt">The end of this token.</param>
/// <param name="NotBefore">The beginning of this token; the beginning of time for one that names none.</param>
internal sealed record VerifiedToken(
    string SessionId, string ConversationId, int Generation, string KeyId, DateTimeOffset ExpiresAt, DateTimeOffset NotBefore = default)
{
    private const string Critical = "crit";

    /// <param name="token">The token.</param>
    /// <param name="text">The token as it came.</param>
    /// <returns>
    /// Null when a claim is missing that every token of ours has, when a time is none, and when the token says that whoever does
    /// not know an extension must refuse it (RFC 7515, 4.1.11): this server knows none.
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

    /// <summary>Seconds since 1970, also with a fraction (RFC 7519, 2); a time that no calendar here has counts as the nearest one.</summary>
    /// <returns>The absent value when there is no such claim; null when it is no number.</returns>
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
