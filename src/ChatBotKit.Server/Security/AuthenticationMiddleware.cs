using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>Puts the <see cref="Caller"/> on the request, as the endpoint's <see cref="AccessRule"/> wants it.</summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, Authenticator authenticator, SessionAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (RuleFor(context) is { IsAnonymous: false } rule)
        {
            context.Features.Set(await authenticator.AuthenticateAsync(context, rule));
            audit.Used(context);
        }

        await next(context);
    }

    /// <summary>
    /// An API route that forgot its rule is closed, not open. What is no route (an unknown path, a wrong verb, a wrong
    /// content type) is refused as such, before any credential is looked at.
    /// </summary>
    private static AccessRule? RuleFor(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint route => route.Metadata.GetMetadata<AccessRule>()
            ?? (ApiHeaders.IsApiPath(context.Request.Path) ? AccessRule.Owner : null),
        _ => null,
    };
}
