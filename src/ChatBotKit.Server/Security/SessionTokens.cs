using ChatBotKit.Server.Data.Entities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Makes and verifies the signed half of a session: an ES256 JWT. Whether the session behind it is still good is for
/// <see cref="Sessions"/> to say.
/// </summary>
internal sealed class SessionTokens(KeyRing keys, TimeProvider time)
{
    public const string Issuer = "chatbotkit-server";
    public const string Audience = "enduser/conversation";

    private const int MaxTokenBytes = 8 * 1024;

    private readonly JsonWebTokenHandler _handler = new()
    {
        SetDefaultTimesOnTokenCreation = false,
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = MaxTokenBytes,
    };

    private readonly RowCache<Digest, VerifiedToken> _verified = new(capacity: 10_000);

    public async ValueTask<string> MintAsync(SessionEntity session, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = session.Id,
            [JwtRegisteredClaimNames.Jti] = session.Id,
            ["conversationId"] = session.ConversationId,
            ["userId"] = session.AccountId,
        };
        if (session.ContactId is { } contactId)
            claims["contactId"] = contactId;
        var key = await keys.CurrentAsync(cancellationToken);
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = time.GetUtcNow().UtcDateTime,
            Expires = DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt).UtcDateTime,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
    }

    /// <summary>What the token says, when we signed it and it has not expired; else null.</summary>
    public async ValueTask<VerifiedToken?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        // The library would refuse it as well, but only after the hash over all of it.
        if (token.Length > MaxTokenBytes)
            return null;
        var trusted = await keys.TrustedAsync(cancellationToken);
        var verified = await _verified.GetAsync(Digest.Of(token), (this, token, trusted), VerifySignatureAsync, cancellationToken);
        // Asked at each use, because a key may be revoked and time goes on while the verified token is cached.
        return verified is not null && verified.ExpiresAt > time.GetUtcNow() && trusted.Any(key => key.Row.Id == verified.KeyId)
            ? verified
            : null;
    }

    private static async ValueTask<VerifiedToken?> VerifySignatureAsync(
        Digest hash, (SessionTokens Tokens, string Token, IReadOnlyList<SigningKey> Keys) state, CancellationToken cancellationToken)
    {
        var result = await state.Tokens._handler.ValidateTokenAsync(state.Token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [JwtConstants.HeaderType],
            IssuerSigningKeyResolver = (_, _, kid, _) =>
                state.Keys.Where(key => key.Row.Id == kid).Select(key => key.SecurityKey),
            TryAllIssuerSigningKeys = false,
            // Checked at each use, against our own clock.
            ValidateLifetime = false,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken token ? VerifiedToken.From(token) : null;
    }
}

/// <summary>The claims of a token whose signature is good.</summary>
internal sealed record VerifiedToken(string SessionId, string ConversationId, string KeyId, DateTimeOffset ExpiresAt)
{
    /// <summary>Null when a claim is missing that every token of ours has.</summary>
    public static VerifiedToken? From(JsonWebToken token) =>
        token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Jti, out var session)
        && token.TryGetPayloadValue<string>("conversationId", out var conversation)
        && token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var expires)
            ? new(session, conversation, token.Kid, DateTimeOffset.FromUnixTimeSeconds(expires))
            : null;
}
