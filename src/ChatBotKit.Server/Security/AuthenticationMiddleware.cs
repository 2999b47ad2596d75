using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Puts the <see cref="Caller"/> on the request, as the endpoint's <see cref="AccessRule"/> wants it, and registers the
/// streams of sessions.
/// </summary>
internal sealed class AuthenticationMiddleware(
    RequestDelegate next, Authenticator authenticator, SessionStreams streams, SessionAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var stream = RuleFor(context) is { IsAnonymous: false } rule ? await AuthenticateAsync(context, rule) : null;
        await next(context);
    }

    /// <returns>The stream that the answer will be; null when it will be none, or not one of a session.</returns>
    private async ValueTask<SessionStream?> AuthenticateAsync(HttpContext context, AccessRule rule)
    {
        var caller = await authenticator.AuthenticateAsync(context, rule);
        context.Features.Set(caller);
        audit.Used(context);
        if (caller.Session is not { } holder || context.GetEndpoint()?.Metadata.GetMetadata<OpensStream>() is null)
            return null;
        var stream = await streams.OpenAsync(holder, context.RequestAborted);
        context.Features.Set(stream);
        return stream;
    }

    /// <summary>
    /// An API route that forgot its rule is closed, not open. What is no route (an unknown path, a wrong verb, a wrong
    /// content type) is refused as such, before any credential is looked at.
    /// </summary>
    private static AccessRule? RuleFor(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint route => route.Metadata.GetMetadata<AccessRule>()
            ?? (ApiRoutes.IsApi(route) ? AccessRule.Owner : null),
        _ => null,
    };
}
