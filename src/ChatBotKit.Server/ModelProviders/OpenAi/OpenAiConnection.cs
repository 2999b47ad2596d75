using System.Diagnostics;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Makes the one client through which all calls of the endpoint go.</summary>
internal static class OpenAiConnection
{
    /// <param name="isTraced">
    /// Whether somebody follows the calls. If not, none is announced to tracers: that takes time and memory at each, and would tell
    /// the endpoint which of its calls belong together.
    /// </param>
    public static HttpClient Create(bool isTraced = false) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = isTraced ? DistributedContextPropagator.Current : null,
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
