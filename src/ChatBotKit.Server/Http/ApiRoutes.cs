using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

internal static class ApiRoutes
{
    /// <summary>The prefix of the canonical paths: these are the ones that the OpenAPI document lists.</summary>
    public const string Canonical = "/api/v1";

    /// <summary>The short prefix, under which the hosted service serves the same routes.</summary>
    public const string Short = "/v1";

    /// <summary>
    /// Maps a feature's route table under both prefixes. Routes are open to API tokens only, until one says
    /// <see cref="AccessRoutes.AllowSession{T}"/> or <see cref="AccessRoutes.AllowAnonymousApi{T}"/>.
    /// </summary>
    public static void MapApi(this IEndpointRouteBuilder app, Action<RouteGroupBuilder> map)
    {
        var first = app.MapGroup(Canonical).RequireOwner();
        ((IEndpointConventionBuilder)first).Finally(TakePreflights);
        map(first);

        var second = app.MapGroup(Short).RequireOwner().ExcludeFromDescription();
        // An endpoint name must be unique; the canonical route keeps it.
        ((IEndpointConventionBuilder)second).Finally(WithoutName);
        ((IEndpointConventionBuilder)second).Finally(TakePreflights);
        map(second);
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

    private static void WithoutName(EndpointBuilder endpoint)
    {
        for (var i = endpoint.Metadata.Count - 1; i >= 0; i--)
        {
            if (endpoint.Metadata[i] is IEndpointNameMetadata)
                endpoint.Metadata.RemoveAt(i);
        }
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
