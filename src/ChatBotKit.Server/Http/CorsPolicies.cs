using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Which web pages may call. No cookie is ever read, so there is nothing that a foreign page could borrow: any page may call
/// with a token, unless the server or the sessions of a conversation are bound to some.
/// </summary>
internal sealed class CorsPolicies(SessionOrigins sessions, ServerOptions options) : ICorsPolicyProvider
{
    private static readonly CorsPolicy AnyOrigin = Policy(null);

    private readonly CorsPolicy _api = Policy(options.AllowedOrigins);

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var request = context.Request;
        if (!ApiHeaders.IsApiPath(request.Path))
            return AnyOrigin;
        // A preflight carries no token; the conversation in its path is all that tells whose pages it is about.
        if (!HttpMethods.IsOptions(request.Method) || ConversationOf(request.Path) is not { } conversationId)
            return _api;
        return await sessions.OfConversationAsync(conversationId, context.RequestAborted) is { } bound
            ? Policy([.. options.AllowedOrigins is { } server ? bound.Intersect(server, StringComparer.Ordinal) : bound])
            : _api;
    }

    /// <summary>The conversation that the path is below; null for every other path.</summary>
    private static string? ConversationOf(PathString path)
    {
        var segments = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var start = segments[0] == "v1" ? 1 : 2;
        return segments.Length > start + 2 && segments[start].Equals("conversation", StringComparison.OrdinalIgnoreCase)
            ? segments[start + 1]
            : null;
    }

    private static CorsPolicy Policy(IReadOnlyList<string>? origins)
    {
        var policy = new CorsPolicyBuilder()
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put)
            .WithHeaders(ApiHeaders.FromPages)
            .WithExposedHeaders(ApiHeaders.ToPages)
            .SetPreflightMaxAge(TimeSpan.FromHours(2));
        return (origins is null ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins])).Build();
    }
}

/// <summary>Tells a page no more of an answer than the session allows that it was asked with.</summary>
internal sealed class SessionCors(IOptions<CorsOptions> options, ILoggerFactory loggers) : CorsService(options, loggers)
{
    public override void ApplyResult(CorsResult result, HttpResponse response)
    {
        if (response.HttpContext.Features.Get<SessionPage>() is { } page)
        {
            if (!page.IsAllowed)
                return;
            result.AllowedOrigin = page.Origin;
        }

        result.VaryByOrigin = result.AllowedOrigin != CorsConstants.AnyOrigin;
        base.ApplyResult(result, response);
    }
}
