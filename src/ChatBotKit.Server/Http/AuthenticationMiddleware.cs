using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Puts the <see cref="Caller"/> on the request, as the endpoint's <see cref="AccessRule"/> wants it, and registers the
/// answers that last, so that they end with the credential that asked for them.
/// </summary>
internal sealed class AuthenticationMiddleware(
    RequestDelegate next, Authenticator authenticator, SessionStreams sessionStreams, ApiTokenStreams apiTokenStreams,
    ApiTokenUses uses, SessionAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var stream = RuleFor(context) is { IsAnonymous: false } rule ? await AuthenticateAsync(context, rule) : null;
        // An answer that does not end by itself with a word about it is cut, so that nobody takes it for whole.
        using var cut = stream is not null && !SaysItsEnd(context)
            ? stream.Ended.UnsafeRegister(static context => ((HttpContext)context!).Abort(), context)
            : default;
        await next(context);
    }

    /// <returns>The stream that the answer will be; null when it will be none.</returns>
    private async ValueTask<OpenStream?> AuthenticateAsync(HttpContext context, AccessRule rule)
    {
        var caller = await authenticator.AuthenticateAsync(context, rule);
        context.Features.Set(caller);
        audit.Used(context);
        OpenStream? stream = null;
        if (caller.ApiToken is { } token)
        {
            uses.Note(token);
            if (OpensStream(context) || MayLast(context))
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

    private static bool OpensStream(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OpensStream>() is not null;

    /// <summary>What runs and channels say, lists and exports in one stream, and files.</summary>
    private static bool MayLast(HttpContext context) => context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<StreamedAnswer>() is not null || metadata.GetMetadata<FileAnswer>() is not null);

    private static bool SaysItsEnd(HttpContext context) =>
        OpensStream(context) || context.GetEndpoint()?.Metadata.GetMetadata<StreamedAnswer>() is { Kind: not StreamKind.List };

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
