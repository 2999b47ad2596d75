using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

internal static class ApiRoutes
{
    /// <summary>The prefix of every route. <see cref="ShortPrefix"/> takes requests under another one here.</summary>
    public const string Canonical = "/api/v1";

    /// <summary>
    /// Maps a feature's route table. Routes are open to API tokens only, until one says <see cref="AccessRoutes.AllowSession{T}"/>
    /// or <see cref="AccessRoutes.AllowAnonymousApi{T}"/>.
    /// </summary>
    public static void MapApi(this IEndpointRouteBuilder app, Action<RouteGroupBuilder> map)
    {
        var group = app.MapGroup(Canonical).RequireOwner();
        ((IEndpointConventionBuilder)group).Finally(TakePreflights);
        map(group);
    }

    /// <summary>Whether the route is one of the API, whoever mapped it. What decides is the route, not how a request spells its path.</summary>
    public static bool IsApi(RouteEndpoint route) => ApiHeaders.IsApiPath("/" + route.RoutePattern.RawText?.TrimStart('/'));

    /// <summary>Whether the route is one of this server, and not one of a program that runs it inside itself.</summary>
    public static bool IsOurs(RouteEndpoint route) =>
        route.Metadata.GetMetadata<AccessRule>() is not null || route.Metadata.GetMetadata<OwnAnswer>() is not null || IsApi(route);

    /// <summary>Marks a route of this server that is not below the prefixes of the API.</summary>
    public static T IsOwnAnswer<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(OwnAnswer.Instance);

    /// <summary>A preflight is matched like the request that it asks for, so that it is answered for the same route.</summary>
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
