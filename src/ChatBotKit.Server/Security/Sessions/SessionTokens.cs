using ChatBotKit.Server.Data.Rows;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Creates and verifies session tokens, which are ES256 JWTs. <see cref="Sessions"/> decides whether the session of a token is
/// still valid.
/// </summary>
internal sealed class SessionTokens(KeyRing keys, SecurityOptions options, TimeProvider time)
{
    public const string Audience = "enduser/conversation";

    /// <summary>
    /// The claim with the names of the permissions, separated by spaces. It informs third parties; for this server the session's
    /// row decides.
    /// </summary>
    public const string Scope = "scope";

    /// <summary>The claim with the number of the token within its session.</summary>
    public const string Generation = "gen";

    private const int MaxTokenBytes = 8 * 1024;

    private readonly string _issuer = options.Issuer;

    /// <summary>Created at first use, because loading its libraries would slow the start.</summary>
    private JsonWebTokenHandler Handler => field ??= new()
    {
        SetDefaultTimesOnTokenCreation = false,
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = MaxTokenBytes,
    };

    private readonly ReadThroughCache<Digest, VerifiedToken> _verified = new(capacity: 10_000);

    public async ValueTask<string> MintAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = session.Id,
            [JwtRegisteredClaimNames.Jti] = session.Id,
            ["conversationId"] = session.ConversationId,
            ["userId"] = session.AccountId,
            [Scope] = SessionPermissionNames.ScopeOf(session.Permissions),
            [Generation] = session.Generation,
        };
        if (session.ContactId is { } contactId)
            claims["contactId"] = contactId;
        if (Session.OriginsOf(session) is { } origins)
            claims["origins"] = origins;
        var key = await keys.CurrentAsync(cancellationToken);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _issuer,
            Audience = Audience,
            IssuedAt = time.GetUtcNow().UtcDateTime,
            Expires = DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt).UtcDateTime,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
    }

    /// <summary>
    /// Returns the claims of a token that this server has signed; otherwise null. An expired token is returned too, so that its
    /// holder gets the exact error.
    /// </summary>
    public async ValueTask<VerifiedToken?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        // The library refuses a longer token as well, but only after hashing all of it.
        if (token.Length > MaxTokenBytes)
            return null;
        var trusted = await keys.TrustedAsync(cancellationToken);
        var verified = await _verified.GetAsync(Digest.Of(token), (this, token, trusted), VerifySignatureAsync, cancellationToken);
        // Checked at each use, because a key may be revoked while a token that it signed is cached.
        return verified is not null && trusted.Any(key => key.Row.Id == verified.KeyId) ? verified : null;
    }

    private static async ValueTask<VerifiedToken?> VerifySignatureAsync(
        Digest hash, (SessionTokens Tokens, string Token, IReadOnlyList<SigningKey> Keys) state, CancellationToken cancellationToken)
    {
        var result = await state.Tokens.Handler.ValidateTokenAsync(state.Token, new TokenValidationParameters
        {
            ValidIssuer = state.Tokens._issuer,
            ValidAudience = Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [JwtConstants.HeaderType],
            IssuerSigningKeyResolver = (_, _, kid, _) =>
                state.Keys.Where(key => key.Row.Id == kid).Select(key => key.SecurityKey),
            TryAllIssuerSigningKeys = false,
            // Checked at each use against the server's clock, and with an error of its own.
            ValidateLifetime = false,
        });
        return result.IsValid && result.SecurityToken is JsonWebToken token ? VerifiedToken.From(token, state.Token) : null;
    }
}
