using System.Diagnostics;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Makes the one client through which all calls of the endpoint go.</summary>
internal static class OpenAiConnection
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    /// <param name="isTraced">
    /// Whether somebody follows the calls. If not, none is announced to tracers: that takes time and memory at each, and would tell
    /// the endpoint which of its calls belong together.
    /// </param>
    /// <remarks>Answers may stream for as long as they like; the provider limits their pauses.</remarks>
    public static HttpClient Create(bool isTraced = false)
    {
        var handler = HttpHandlers.Configure(new SocketsHttpHandler());
        handler.ActivityHeadersPropagator = isTraced ? DistributedContextPropagator.Current : null;
        handler.ConnectTimeout = ConnectLimit;
        return HttpHandlers.CreateClient(handler);
    }
}
