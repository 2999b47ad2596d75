namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Makes the one client through which all calls of the endpoint go.</summary>
internal static class OpenAiConnection
{
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        // A redirect would carry conversations to an address that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // So that a changed DNS entry is noticed by a server that runs for months.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        // Answers may stream for as long as they like; the provider limits their pauses.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
