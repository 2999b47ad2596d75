using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Authenticates requests by the endpoint's <see cref="AccessRule"/> and sets their <see cref="Caller"/>. It also registers
/// long-running responses, so that they end with their credential.
/// </summary>
internal sealed class AuthenticationMiddleware(
    RequestDelegate next, Authenticator authenticator, SessionStreams sessionStreams, ApiTokenStreams apiTokenStreams,
    ApiTokenUses uses, SessionAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var stream = RuleFor(context) is { IsAnonymous: false } rule && !IsVisitor(context, rule) ? await AuthenticateAsync(context, rule) : null;
        // If the response has no way to report its early end, the connection is aborted, so that the client does not take the
        // response for complete.
        using var cut = stream is not null && !ReportsItsEnd(context)
            ? stream.Ended.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context)
            : default;
        await next(context);
    }

    /// <returns>The registered stream; null when the response is not long-running.</returns>
    private async ValueTask<OpenStream?> AuthenticateAsync(HttpContext context, AccessRule rule)
    {
        var caller = await authenticator.AuthenticateAsync(context, rule);
        context.Features.Set(caller);
        audit.Used(context);
        OpenStream? stream = null;
        if (caller.ApiToken is { } token)
        {
            uses.Note(token);
            if (OpensStream(context) || IsLongRunning(context))
                stream = await apiTokenStreams.OpenAsync(token, caller.AccountId, context.RequestAborted);
        }
        else if (caller.Session is { } holder && OpensStream(context))
        {
            stream = await sessionStreams.OpenAsync(holder, context.RequestAborted);
        }

        if (stream is not null)
            context.Features.Set(stream);
        return stream;
    }

    private static bool IsVisitor(HttpContext context, AccessRule rule) => rule.IsOptional && context.Request.Headers.Authorization.Count == 0;

    private static bool OpensStream(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OpensStream>() is not null;

    /// <summary>Whether the response can run long: streams of runs and channels, lists and exports in one stream, lists of folders, and files.</summary>
    private static bool IsLongRunning(HttpContext context) => context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<StreamedAnswer>() is not null || metadata.GetMetadata<FileAnswer>() is not null
            || metadata.GetMetadata<LongAnswer>() is not null);

    private static bool ReportsItsEnd(HttpContext context) =>
        OpensStream(context) || context.GetEndpoint()?.Metadata.GetMetadata<StreamedAnswer>() is { Kind: not StreamKind.List };

    /// <summary>
    /// Returns the access rule of the request. An API route without a rule is for owners only. A request without a route (an
    /// unknown path, verb or content type) is refused as such, before its credential is checked.
    /// </summary>
    private static AccessRule? RuleFor(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint route => route.Metadata.GetMetadata<AccessRule>()
            ?? (ApiRoutes.IsApi(route) ? AccessRule.Owner : null),
        _ => null,
    };
}
