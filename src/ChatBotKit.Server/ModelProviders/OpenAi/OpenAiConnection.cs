using System.Diagnostics;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Creates the HTTP client for all calls of the endpoint.</summary>
internal static class OpenAiConnection
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    /// <param name="isTraced">
    /// Whether calls are traced. If not, no activity is created: that would cost time and memory on each call, and would tell the
    /// endpoint which calls belong together.
    /// </param>
    /// <remarks>The client has no time limit, because answers may stream for any time. The provider limits the pauses.</remarks>
    public static HttpClient Create(bool isTraced = false)
    {
        var handler = HttpHandlers.Configure(new SocketsHttpHandler());
        handler.ActivityHeadersPropagator = isTraced ? DistributedContextPropagator.Current : null;
        handler.ConnectTimeout = ConnectLimit;
        return HttpHandlers.CreateClient(handler);
    }
}
