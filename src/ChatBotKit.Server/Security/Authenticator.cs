using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>Finds out who calls, and whether the route is open to them.</summary>
internal sealed class Authenticator(
    ApiTokens apiTokens, SessionTokens sessionTokens, Sessions sessions, SessionOrigins origins, SessionContacts contacts,
    SessionBudgets budgets, ChildAccounts children)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="ApiException">401: no credential, a bad one, or one that the route is not open to.</exception>
    public async ValueTask<Caller> AuthenticateAsync(HttpContext context, AccessRule rule)
    {
        var credential = ReadCredential(context.Request) ?? throw ApiException.NotAuthenticated();
        return LooksLikeJwt(credential)
            ? await AuthenticateSessionAsync(context, rule, credential)
            : await AuthenticateApiTokenAsync(context, credential);
    }

    /// <summary>A session token has exactly three parts; no API secret may look like that.</summary>
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
        var token = await apiTokens.FindAsync(secret, context.RequestAborted) ?? throw ApiException.NotAuthenticated();
        var owner = new Caller { AccountId = token.AccountId, ScopeId = token.Id };
        return await children.ActAsync(owner, context.Request.Headers, context.RequestAborted);
    }

    private async ValueTask<Caller> AuthenticateSessionAsync(HttpContext context, AccessRule rule, string token)
    {
        var verified = await sessionTokens.VerifyAsync(token, context.RequestAborted) ?? throw ApiException.NotAuthenticated();
        var session = await sessions.FindActiveAsync(verified.SessionId, context.RequestAborted);
        if (session is null || session.Row.ConversationId != verified.ConversationId || !IsOpen(context, rule, session))
            throw ApiException.NotAuthenticated();
        var row = session.Row;
        origins.Require(context, row);
        await contacts.RequireAsync(row, context.RequestAborted);
        await budgets.CountRequestAsync(row, context.RequestAborted);
        return new Caller
        {
            AccountId = row.AccountId,
            ScopeId = row.Id,
            Session = new CallerSession(row.Id, row.ConversationId, row.ContactId, session.Permissions, verified.ExpiresAt),
        };
    }

    private static bool IsOpen(HttpContext context, AccessRule rule, Session session) =>
        rule.Session is { } permission
        && (session.Permissions & permission) == permission
        && (context.GetRouteValue(AccessRoutes.ConversationParameter) is not { } conversation
            || session.Row.ConversationId.Equals(conversation as string, StringComparison.Ordinal));
}
