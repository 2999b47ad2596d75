using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Determines the caller of a request, and whether the caller may use the route.</summary>
internal sealed class Authenticator(
    ApiTokens apiTokens, SessionTokens sessionTokens, Sessions sessions, SessionOrigins origins, SessionContacts contacts,
    SessionBudgets budgets, SessionReuse reuse, ChildAccounts children, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="ApiException">
    /// 401: the credential is missing, invalid, or not allowed on this route; 403: the session lacks a permission.
    /// </exception>
    public async ValueTask<Caller> AuthenticateAsync(HttpContext context, AccessRule rule)
    {
        var credential = ReadCredential(context.Request) ?? throw ApiException.NotAuthenticated();
        return LooksLikeJwt(credential)
            ? await AuthenticateSessionAsync(context, rule, credential)
            : await AuthenticateApiTokenAsync(context, credential);
    }

    /// <summary>
    /// Whether a credential has the form of a session token, which has exactly two dots. The secret of an API token never has.
    /// </summary>
    public static bool LooksLikeJwt(ReadOnlySpan<char> credential) => credential.Count('.') == 2;

    private static string? ReadCredential(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var credential = value[Scheme.Length..].Trim();
        return credential.Length == 0 ? null : credential;
    }

    private async ValueTask<Caller> AuthenticateApiTokenAsync(HttpContext context, string secret)
    {
        var token = await apiTokens.FindAsync(secret, context.RequestAborted);
        if (token is null || !apiTokens.IsGood(token.Row))
        {
            // For the audit: an expired or revoked token is recorded by its id.
            context.Features.Set(token);
            throw ApiException.NotAuthenticated();
        }

        if (token.AllowedRoutes?.Allow(context) == false)
        {
            context.Features.Set(token);
            throw ApiException.NotAuthenticated("The API token may not be used for this route");
        }

        var owner = new Caller { AccountId = token.Row.AccountId, ScopeId = token.Id, ApiToken = token };
        return await children.ActAsync(owner, context.Request.Headers, context.RequestAborted);
    }

    private async ValueTask<Caller> AuthenticateSessionAsync(HttpContext context, AccessRule rule, string credential)
    {
        var token = await sessionTokens.VerifyAsync(credential, context.RequestAborted) ?? throw ApiException.NotAuthenticated();
        var session = await sessions.FindAsync(token.SessionId, context.RequestAborted);
        // For the audit: from here on a refusal is recorded for this session.
        context.Features.Set(session);
        if (session is null || session.Row.ConversationId != token.ConversationId)
            throw ApiException.NotAuthenticated();
        origins.Require(context, session);
        if (IsOwn(context, AccessRoutes.SessionParameter, session.Row.Id) && reuse.IsReuse(context, session, token))
            await reuse.RevokeAsync(context, session);
        CheckTime(session, token);
        CheckRoute(context, rule, session);
        await contacts.RequireAsync(session.Row, context.RequestAborted);
        await budgets.CountRequestAsync(session.Row, context.RequestAborted);
        return new Caller
        {
            AccountId = session.Row.AccountId,
            ScopeId = session.Row.Id,
            Session = new CallerSession(session, token),
        };
    }

    /// <exception cref="ApiException">401: the session or the token has ended.</exception>
    private void CheckTime(Session session, VerifiedToken token)
    {
        var now = time.GetUtcNow();
        if (Session.EndOf(session.Row, now.ToUnixTimeMilliseconds()) is { } end)
            throw end;
        if (token.ExpiresAt <= now)
            throw SessionErrors.Expired();
        if (token.NotBefore > now)
            throw ApiException.NotAuthenticated();
        if (!Session.Takes(session.Row, token.Generation, now.ToUnixTimeMilliseconds()))
            throw SessionErrors.TokenReplaced();
    }

    /// <exception cref="ApiException">401: the route is not for this session; 403: the session lacks the permission for it.</exception>
    private static void CheckRoute(HttpContext context, AccessRule rule, Session session)
    {
        if (rule.Session is not { } permission
            || !IsOwn(context, AccessRoutes.ConversationParameter, session.Row.ConversationId)
            || !IsOwn(context, AccessRoutes.SessionParameter, session.Row.Id))
            throw ApiException.NotAuthenticated();
        if ((permission & ~session.Permissions) is not SessionPermissions.None and var missing)
            throw SessionErrors.PermissionMissing(missing);
    }

    private static bool IsOwn(HttpContext context, string parameter, string id) =>
        context.GetRouteValue(parameter) is not { } value || id.Equals(value as string, StringComparison.Ordinal);
}
