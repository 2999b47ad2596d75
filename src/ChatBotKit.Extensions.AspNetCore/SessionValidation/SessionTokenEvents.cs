using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit;

/// <summary>Validates the claims of a token that the handler does not check, and reports refusals.</summary>
internal sealed class SessionTokenEvents(SessionKeySet keys) : JwtBearerEvents
{
    private const string Bearer = "Bearer ";

    private static readonly object OriginRefused = new();

    /// <summary>
    /// Ensures that the key of a token is available before the token is verified, even when it is newer than the cached
    /// keys.
    /// </summary>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || header.Length > SessionTokenSetup.MaxTokenLength)
            return;
        context.Token = header[Bearer.Length..].Trim();
        if (TryReadHeader(context.Token) is { Alg: SecurityAlgorithms.EcdsaSha256, Kid: { Length: > 0 } kid })
            await keys.EnsureAsync(kid, context.HttpContext.RequestAborted);
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JsonWebToken token || context.Principal?.Identity is not ClaimsIdentity identity
            || token.Id is not { Length: > 0 } sessionId || !identity.HasClaim(claim => claim.Type == ChatBotKitClaimTypes.ConversationId))
        {
            context.Fail("It is no session token.");
            return Task.CompletedTask;
        }

        if (!IsOriginAllowed(context.Request, identity))
        {
            context.HttpContext.Items[OriginRefused] = true;
            context.Fail("The session is bound to other origins.");
            return Task.CompletedTask;
        }

        identity.AddClaim(new Claim(ChatBotKitClaimTypes.SessionId, sessionId));
        foreach (var permission in (identity.FindFirst("scope")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            identity.AddClaim(new Claim(ChatBotKitClaimTypes.Permission, permission));
        return Task.CompletedTask;
    }

    /// <summary>Answers with an error body in the form of the API, with the codes that its clients know.</summary>
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.HttpContext.Items.ContainsKey(OriginRefused))
            return ChatAnswers.WriteErrorAsync(
                context.HttpContext, StatusCodes.Status403Forbidden, ErrorCodes.OriginNotAllowed, "The session is bound to other origins.");
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.AuthenticateFailure is SecurityTokenExpiredException
            ? ChatAnswers.WriteErrorAsync(context.HttpContext, StatusCodes.Status401Unauthorized, ErrorCodes.SessionExpired, "The session has expired.")
            : ChatAnswers.WriteErrorAsync(context.HttpContext, StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated, "A valid session token is needed.");
    }

    // Programs other than browsers send no origin, so the list does not apply to them.
    private static bool IsOriginAllowed(HttpRequest request, ClaimsIdentity identity)
    {
        var origins = identity.FindAll("origins").Select(claim => claim.Value).ToList();
        return origins.Count == 0 || request.Headers.Origin.Count == 0 || origins.Contains(request.Headers.Origin.ToString());
    }

    private static JsonWebToken? TryReadHeader(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
