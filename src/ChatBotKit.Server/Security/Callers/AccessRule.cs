namespace ChatBotKit.Server.Security;

/// <summary>Who may call a route. The last rule of an endpoint counts, so a route overrides its group.</summary>
/// <param name="Session">The permission that a session token needs; null when session tokens may not call the route.</param>
/// <param name="IsAnonymous">Whether no credential is needed.</param>
internal sealed record AccessRule(SessionPermissions? Session, bool IsAnonymous)
{
    public static AccessRule Owner { get; } = new(null, IsAnonymous: false);

    public static AccessRule Anonymous { get; } = new(null, IsAnonymous: true);

    /// <summary>The rule of a route for visitors: a credential is neither needed nor read.</summary>
    public static AccessRule Visitors { get; } = new(null, IsAnonymous: true) { IsOptional = true };

    public static AccessRule Anyone { get; } = new(null, IsAnonymous: false) { IsOptional = true };

    /// <summary>
    /// Whether a request without a credential is allowed as that of a visitor, who has no <see cref="Caller"/>. A credential that is
    /// sent is checked.
    /// </summary>
    public bool IsOptional { get; init; }
}

internal static class AccessRoutes
{
    /// <summary>The route parameter that must equal the session's conversation.</summary>
    public const string ConversationParameter = "conversationId";

    /// <summary>The route parameter that must equal the session's id.</summary>
    public const string SessionParameter = "sessionId";

    /// <summary>Allows API tokens only. This is the default of every route of the API.</summary>
    public static T RequireOwner<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Owner);

    /// <summary>
    /// Allows API tokens, and session tokens with <paramref name="permission"/>. A session can call a route with
    /// <c>{conversationId}</c> only for its own conversation, and one with <c>{sessionId}</c> only for itself.
    /// </summary>
    public static T AllowSession<T>(this T route, SessionPermissions permission)
        where T : IEndpointConventionBuilder => route.WithMetadata(new AccessRule(permission, IsAnonymous: false));

    /// <summary>Allows API tokens and all session tokens, whatever their permissions; the handler may require some.</summary>
    public static T AllowAnySession<T>(this T route)
        where T : IEndpointConventionBuilder => route.AllowSession(SessionPermissions.None);

    /// <summary>Marks a response as long-running: it counts as an open stream of the session, and ends with the session.</summary>
    public static T OpensStream<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Security.OpensStream.Instance);

    /// <summary>Marks the route that refreshes a session's token.</summary>
    public static T RefreshesSession<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Security.RefreshesSession.Instance);

    /// <summary>Allows callers without a credential.</summary>
    public static T AllowAnonymousApi<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Anonymous);

    /// <summary>Allows everybody: a credential is neither needed nor read.</summary>
    public static T AllowVisitors<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Visitors);

    /// <summary>Allows API tokens, and callers without a credential. The handler decides what a visitor may do.</summary>
    public static T AllowAnyone<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Anyone);
}

/// <summary>Marks a route that refreshes session tokens.</summary>
internal sealed class RefreshesSession
{
    private RefreshesSession()
    {
    }

    public static RefreshesSession Instance { get; } = new();
}

/// <summary>Marks a route with a long-running response.</summary>
internal sealed class OpensStream
{
    private OpensStream()
    {
    }

    public static OpensStream Instance { get; } = new();
}
