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
        map(app.MapGroup(Canonical).RequireOwner());

        var second = app.MapGroup(Short).RequireOwner().ExcludeFromDescription();
        // An endpoint name must be unique; the canonical route keeps it.
        ((IEndpointConventionBuilder)second).Finally(WithoutName);
        map(second);
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
