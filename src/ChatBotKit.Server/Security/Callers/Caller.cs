using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>Who makes the request. Filled once by authentication; everything is scoped by it.</summary>
internal sealed record Caller
{
    /// <summary>The account whose resources are seen and whose usage is counted; the child's when run-as is used.</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// What the caller's channels and idempotency keys are scoped by: the API token's id (with <c>/child</c> when acting
    /// for a child account), or the session's id.
    /// </summary>
    public required string ScopeId { get; init; }

    /// <summary>The session behind a session token; null for an API token.</summary>
    public CallerSession? Session { get; init; }

    /// <summary>The API token; null for a session token.</summary>
    public ApiToken? ApiToken { get; init; }

    /// <summary>True for the owner's API tokens: only they may send extensions, fingerprints and the like.</summary>
    public bool IsTrusted => Session is null;

    // Called by the framework, which finds it by name: a handler takes its caller as a parameter.
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(context.Caller());
}

internal static class CallerContext
{
    /// <summary>The caller of an authenticated request.</summary>
    /// <exception cref="ApiException">401: a route without authentication was called.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw ApiException.NotAuthenticated();
}

/// <summary>What a session token lets its holder do.</summary>
/// <param name="Session">The session as it was when the request came.</param>
/// <param name="Token">The token that the request brought.</param>
internal sealed record CallerSession(Session Session, VerifiedToken Token)
{
    public string Id => Session.Row.Id;

    public string ConversationId => Session.Row.ConversationId;

    public string? ContactId => Session.Row.ContactId;

    public SessionPermissions Permissions => Session.Permissions;
}
