using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit;

/// <summary>Lets the framework's bearer authentication verify session tokens, and nothing that is like one.</summary>
internal sealed class SessionTokenSetup(
    string scheme, IOptionsMonitor<ChatBotKitSessionValidationOptions> options, IHttpClientFactory http, IServiceProvider services)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public const int MaxTokenLength = 8 * 1024;

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        if (name != scheme)
            return;
        var settings = options.Get(scheme);
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var keys = new SessionKeySet(settings, () => http.CreateClient(ChatBotKitSessionDefaults.HttpClientName), time);
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenLength });
        bearer.Events = new SessionTokenEvents(keys);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // Only one algorithm is accepted. The token names an algorithm, but must not choose how it is verified.
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [JwtConstants.HeaderType],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, kid, _) => keys.Find(kid),
            LifetimeValidator = (notBefore, expires, token, _) => IsInTime(notBefore, expires, token, time, settings.ClockSkew),
            NameClaimType = JwtRegisteredClaimNames.Sub,
            AuthenticationType = scheme,
        };
    }

    /// <exception cref="SecurityTokenExpiredException">The token has expired.</exception>
    private static bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TimeProvider time, TimeSpan skew)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is null || notBefore > now + skew || (token as JsonWebToken)?.IssuedAt > now + skew)
            return false;
        return expires > now - skew ? true : throw new SecurityTokenExpiredException("The session has expired.") { Expires = expires.Value };
    }
}
