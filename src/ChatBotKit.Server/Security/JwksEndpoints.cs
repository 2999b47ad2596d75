using System.Globalization;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

internal static class JwksEndpoints
{
    /// <summary>How long a verifier may use the list without asking again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(300);

    private static readonly string CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={MaxAge.TotalSeconds}");

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
