namespace ChatBotKit.Server.Security;

/// <summary>Who may call a route. The last rule on an endpoint counts, so a route overrides its group.</summary>
/// <param name="Session">What a session token needs; null when session tokens may not call it at all.</param>
/// <param name="IsAnonymous">No credential is asked for.</param>
internal sealed record AccessRule(SessionPermissions? Session, bool IsAnonymous)
{
    public static AccessRule Owner { get; } = new(null, IsAnonymous: false);

    public static AccessRule Anonymous { get; } = new(null, IsAnonymous: true);
}

internal static class AccessRoutes
{
    /// <summary>The route parameter that must be the session's own conversation.</summary>
    public const string ConversationParameter = "conversationId";

    /// <summary>The route parameter that must be the session itself.</summary>
    public const string SessionParameter = "sessionId";

    /// <summary>API tokens only. Every route of the API starts like this.</summary>
    public static T RequireOwner<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Owner);

    /// <summary>
    /// API tokens, and session tokens that hold <paramref name="permission"/>. A route with <c>{conversationId}</c> is open to
    /// the sessions of that conversation alone, and one with <c>{sessionId}</c> to that session.
    /// </summary>
    public static T AllowSession<T>(this T route, SessionPermissions permission)
        where T : IEndpointConventionBuilder => route.WithMetadata(new AccessRule(permission, IsAnonymous: false));

    /// <summary>Like <see cref="AllowSession{T}"/>, whatever the session may do; the handler may ask for more.</summary>
    public static T AllowAnySession<T>(this T route)
        where T : IEndpointConventionBuilder => route.AllowSession(SessionPermissions.None);

    /// <summary>
    /// The answer may last: it counts as an open stream of the session that asks for it, and ends when the session does.
    /// </summary>
    public static T OpensStream<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Security.OpensStream.Instance);

    /// <summary>A session's token is exchanged here.</summary>
    public static T RefreshesSession<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Security.RefreshesSession.Instance);

    /// <summary>Everybody, without a credential.</summary>
    public static T AllowAnonymousApi<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AccessRule.Anonymous);
}

/// <summary>Marks a route that exchanges tokens.</summary>
internal sealed class RefreshesSession
{
    private RefreshesSession()
    {
    }

    public static RefreshesSession Instance { get; } = new();
}

/// <summary>Marks a route whose answer may last.</summary>
internal sealed class OpensStream
{
    private OpensStream()
    {
    }

    public static OpensStream Instance { get; } = new();
}
