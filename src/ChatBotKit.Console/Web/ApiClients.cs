using System.Net;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>Creates clients of the API, which call the server that the console belongs to.</summary>
internal sealed class ApiClients(ConsoleSettings settings) : IDisposable
{
    private readonly Uri _address = settings.ApiAddress();
    private readonly HttpClient? _http = settings.ApiAddress().Scheme == Uri.UriSchemeHttps ? OwnServer() : null;

    /// <summary>Returns a client with this API token.</summary>
    public ChatBotKitApi Of(string secret) => new(new ChatBotKitClientOptions
    {
        BaseUrl = _address,
        Secret = secret,
        HttpClient = _http,
        // A page answers soon, also with an error; its reader can try again.
        Retries = 1,
        Timeout = TimeSpan.FromSeconds(30),
        TimeProvider = settings.Time,
    });

    public void Dispose() => _http?.Dispose();

    /// <summary>
    /// Accepts the certificate of the server's public name, because the connection goes to the address on which this process itself
    /// listens.
    /// </summary>
    private static HttpClient OwnServer() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
