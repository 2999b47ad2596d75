using System.Globalization;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Keys;

internal static class JwksEndpoints
{
    private static readonly string CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={KeyLife.ListMaxAge.TotalSeconds}");

    /// <summary>The public keys, so that anybody can verify a session token without asking this server.</summary>
    public static void MapJwks(this IEndpointRouteBuilder app) =>
        app.MapMethods("/.well-known/jwks.json", [HttpMethods.Get, HttpMethods.Head], GetAsync)
            .ExcludeFromDescription().IsOwnAnswer().WithMetadata(OpenToAnyPage.Instance);

    private static async Task<IResult> GetAsync(KeyRing keys, HttpResponse response, CancellationToken cancellationToken)
    {
        var set = await keys.WithCurrentAsync(cancellationToken);
        response.Headers.CacheControl = CacheControl;
        // Answers 304 by itself when the caller has this list already.
        return Results.Bytes(set.Jwks, "application/json", entityTag: set.JwksTag);
    }
}
