using System.Globalization;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Keys;

internal static class JwksEndpoints
{
    private static readonly string CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={KeyLife.ListMaxAge.TotalSeconds}");

    /// <summary>Maps the endpoint of the public keys, with which anyone can verify a session token without asking this server.</summary>
    public static void MapJwks(this IEndpointRouteBuilder app) =>
        app.MapMethods("/.well-known/jwks.json", [HttpMethods.Get, HttpMethods.Head], GetAsync)
            .ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);

    private static async Task<IResult> GetAsync(KeyRing keys, HttpResponse response, CancellationToken cancellationToken)
    {
        var set = await keys.WithCurrentAsync(cancellationToken);
        response.Headers.CacheControl = CacheControl;
        // The result responds with 304 when the caller already has this list.
        return Results.Bytes(set.Jwks, "application/json", entityTag: set.JwksTag);
    }
}
