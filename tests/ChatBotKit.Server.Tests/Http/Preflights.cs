namespace ChatBotKit.Server.Tests.Http;

internal static class Preflights
{
    /// <summary>The question of a browser whether a page of this origin may send such a request.</summary>
    public static async Task<HttpResponseMessage> PreflightAsync(
        this ServerFactory server, string path, string origin, string headers = "authorization,content-type,idempotency-key", string verb = "POST")
    {
        using var browser = server.Client(credential: null);
        return await browser.SendAsync(HttpMethod.Options, path, headers:
        [
            ("Origin", origin), ("Access-Control-Request-Method", verb), ("Access-Control-Request-Headers", headers),
        ]);
    }
}
