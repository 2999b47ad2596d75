using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

internal static class ApiRoutes
{
    /// <summary>The prefix of every route. <see cref="ShortPrefix"/> rewrites requests with the other prefix to it.</summary>
    public const string Canonical = "/api/v1";

    /// <summary>
    /// Maps the routes of a feature. A route allows only API tokens, unless it calls <see cref="AccessRoutes.AllowSession{T}"/> or
    /// <see cref="AccessRoutes.AllowAnonymousApi{T}"/>.
    /// </summary>
    public static void MapApi(this IEndpointRouteBuilder app, Action<RouteGroupBuilder> map)
    {
        var group = app.MapGroup(Canonical).RequireOwner();
        ((IEndpointConventionBuilder)group).Finally(TakePreflights);
        map(group);
    }

    /// <summary>
    /// Whether the route belongs to the API, even if a host program mapped it. The pattern of the route decides, not the spelling of
    /// the request's path.
    /// </summary>
    public static bool IsApi(RouteEndpoint route) => ApiHeaders.IsApiPath("/" + route.RoutePattern.RawText?.TrimStart('/'));

    /// <summary>Whether the route belongs to this server, rather than to a program that hosts it.</summary>
    public static bool IsOurs(RouteEndpoint route) =>
        route.Metadata.GetMetadata<AccessRule>() is not null || route.Metadata.GetMetadata<OwnAnswer>() is not null || IsApi(route);

    /// <summary>Marks a route of this server outside the prefixes of the API.</summary>
    public static T IsOwnAnswer<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(OwnAnswer.Instance);

    /// <summary>
    /// Lets a preflight request match the route of the request that it announces, so that the policy of that route applies.
    /// </summary>
    private static void TakePreflights(EndpointBuilder endpoint)
    {
        foreach (var verbs in endpoint.Metadata.OfType<HttpMethodMetadata>())
            verbs.AcceptCorsPreflight = true;
    }
}

/// <summary>See <see cref="ApiRoutes.IsOwnAnswer{T}"/>.</summary>
internal sealed class OwnAnswer
{
    private OwnAnswer()
    {
    }

    public static OwnAnswer Instance { get; } = new();
}
