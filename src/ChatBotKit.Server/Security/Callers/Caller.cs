using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The authenticated caller of a request. All resources are scoped by it.</summary>
internal sealed record Caller
{
    /// <summary>The account whose resources are used and whose usage is counted; that of the child when run-as headers are used.</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// The scope of the caller's channels and idempotency keys: the id of the API token (with <c>/child</c> when it acts for a
    /// child account), or the id of the session.
    /// </summary>
    public required string ScopeId { get; init; }

    /// <summary>The session of a session token; null for an API token.</summary>
    public CallerSession? Session { get; init; }

    /// <summary>The API token; null for a session token.</summary>
    public ApiToken? ApiToken { get; init; }

    /// <summary>
    /// Whether the caller is the owner, with an API token. Only owners may set extensions, fingerprints and similar fields.
    /// </summary>
    public bool IsTrusted => Session is null;

    // The framework finds this method by its name, so that handlers can take the caller as a parameter.
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(context.Caller());
}

internal static class CallerContext
{
    /// <summary>Returns the caller of an authenticated request.</summary>
    /// <exception cref="ApiException">401: the route has no authentication.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.CallerOrVisitor() ?? throw ApiException.NotAuthenticated();

    /// <summary>Returns the caller; null for a visitor without a credential, on a route that allows visitors.</summary>
    public static Caller? CallerOrVisitor(this HttpContext context) => context.Features.Get<Caller>();
}

/// <summary>The session and token of a caller with a session token.</summary>
/// <param name="Session">The session at the time of the request.</param>
/// <param name="Token">The token of the request.</param>
internal sealed record CallerSession(Session Session, VerifiedToken Token)
{
    public string Id => Session.Row.Id;

    public string ConversationId => Session.Row.ConversationId;

    public string? ContactId => Session.Row.ContactId;

    public SessionPermissions Permissions => Session.Permissions;
}
