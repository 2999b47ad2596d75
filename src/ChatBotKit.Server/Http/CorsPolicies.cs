using System.Buffers;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The CORS policies. The API reads no cookies, so a foreign page has no credential to abuse. Therefore any page may call with a
/// token, unless the server or the sessions of a conversation are bound to origins.
/// </summary>
internal sealed class CorsPolicies(SessionOrigins sessions, SecurityOptions options) : ICorsPolicyProvider
{
    private static readonly CorsPolicy AnyOrigin = Policy(null);

    private readonly CorsPolicy _api = Policy(options.AllowedOrigins);

    /// <summary>
    /// Returns the policy of the matched route; a preflight request matches the route of the request that it announces. A request
    /// without a route gets the policy of the server.
    /// </summary>
    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAnyPage>() is not null)
            return AnyOrigin;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ClosedToOtherPages>() is not null)
            return null;
        // A preflight request has no token. Only the conversation in its path tells which sessions it is about.
        if (!HttpMethods.IsOptions(context.Request.Method)
            || context.GetRouteValue(AccessRoutes.ConversationParameter) is not string conversationId)
            return _api;
        return await sessions.OfConversationAsync(conversationId, context.RequestAborted) is { } bound
            ? Policy([.. options.AllowedOrigins is { } server ? bound.Intersect(server, StringComparer.Ordinal) : bound])
            : _api;
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

internal static class PageRequests
{
    /// <summary>
    /// Adds the framework's CORS middleware only for requests with an origin, which only pages send. It allocates a dictionary for
    /// each request, and the first one waits for code that is compiled at run time.
    /// </summary>
    public static void UseCorsForPages(this IApplicationBuilder app) => app.Use(next =>
    {
        var pages = new Lazy<RequestDelegate>(() =>
        {
            var branch = app.New();
            branch.UseCors();
            branch.Run(next);
            return branch.Build();
        });
        return context => context.Request.Headers.Origin.Count > 0 ? pages.Value(context) : next(context);
    });
}

/// <summary>Marks a route that any page may call, whatever origins the server is bound to.</summary>
internal sealed class OpenToAnyPage
{
    private OpenToAnyPage()
    {
    }

    public static OpenToAnyPage Instance { get; } = new();
}

/// <summary>Marks a route whose responses no page of another origin may read.</summary>
internal sealed class ClosedToOtherPages
{
    private ClosedToOtherPages()
    {
    }

    public static ClosedToOtherPages Instance { get; } = new();
}

/// <summary>
/// Shows a response only to pages that the session allows, and allows the headers that a preflight request names: tracing libraries
/// add theirs to every request, and no such header grants anything.
/// </summary>
internal sealed class SessionCors(IOptions<CorsOptions> options, ILoggerFactory loggers) : CorsService(options, loggers)
{
    /// <summary>The maximum number of headers. Browsers send a dozen, and the response repeats the names.</summary>
    private const int MaxNames = 64;

    private const int MaxCharacters = 4096;

    /// <summary>The characters of a header name (RFC 9110).</summary>
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public override void ApplyResult(CorsResult result, HttpResponse response)
    {
        if (response.HttpContext.Features.Get<PageOrigin>() is { } page)
        {
            if (!page.IsAllowed)
                return;
            result.AllowedOrigin = page.Origin;
        }

        if (result.IsPreflightRequest)
            AddAsked(result.AllowedHeaders, response.HttpContext.Request);
        result.VaryByOrigin = result.AllowedOrigin != CorsConstants.AnyOrigin;
        base.ApplyResult(result, response);
    }

    private static void AddAsked(IList<string> allowed, HttpRequest request)
    {
        var asked = request.Headers.GetCommaSeparatedValues(HeaderNames.AccessControlRequestHeaders);
        if (asked.Length > MaxNames || asked.Sum(name => name.Length) > MaxCharacters)
            return;
        foreach (var name in asked)
        {
            if (name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters) && !allowed.Contains(name, StringComparer.OrdinalIgnoreCase))
                allowed.Add(name);
        }
    }
}
