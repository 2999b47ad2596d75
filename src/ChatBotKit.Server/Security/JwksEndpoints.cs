namespace ChatBotKit.Server.Security;

internal static class JwksEndpoints
{
    /// <summary>The public keys, so that anybody can verify a session token without asking this server.</summary>
    public static void MapJwks(this IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/jwks.json", GetAsync).ExcludeFromDescription();

    private static async Task<IResult> GetAsync(KeyRing keys, HttpResponse response, CancellationToken cancellationToken)
    {
        // The first key is made now when there is none, so that a verifier that comes early does not cache an empty set.
        await keys.CurrentAsync(cancellationToken);
        var trusted = await keys.TrustedAsync(cancellationToken);
        response.Headers.CacheControl = "public, max-age=300";
        return Results.Text($$"""{"keys":[{{string.Join(',', trusted.Select(key => key.Row.PublicJwk))}}]}""", "application/json");
    }
}
