using System.Net;
using System.Net.Security;

namespace ChatBotKit.Server.Hosting;

/// <summary>
/// Implements the argument <c>--health</c>: asks a running server with the same settings whether it is ready. It is for containers
/// that have no other program for this.
/// </summary>
internal static class HealthCheck
{
    /// <summary>
    /// Ends a check that nothing else ends. A container's own limit is shorter and decides how slow a healthy server may be.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <returns>The exit code: 0 when the server is ready, otherwise 1.</returns>
    public static async Task<int> RunAsync(string[] settings, TextWriter errors)
    {
        var url = new Uri(AddressOf(ChatBotKitServer.CreateBuilder(settings).Configuration), "/health/ready");
        try
        {
            using var client = new HttpClient(Handler()) { Timeout = Limit };
            using var answer = await client.GetAsync(url);
            if (answer.IsSuccessStatusCode)
                return 0;
            await errors.WriteLineAsync($"{url} answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync($"{url} did not answer: {exception.Message}");
        }

        return 1;
    }

    /// <summary>Returns the first address on which a server with these settings listens, as this machine reaches it.</summary>
    internal static Uri AddressOf(IConfiguration configuration)
    {
        var endpoint = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(one => one["Url"]).FirstOrDefault(url => url is not null);
        var url = endpoint ?? First(configuration["urls"])
            ?? (First(configuration["http_ports"]) is { } port ? $"http://localhost:{port}" : null)
            ?? (First(configuration["https_ports"]) is { } secure ? $"https://localhost:{secure}" : null)
            ?? ListenAddresses.Default;
        return AddressOf(url);
    }

    /// <summary>Returns an address on which a server listens, as this machine reaches it.</summary>
    internal static Uri AddressOf(string url)
    {
        var address = BindingAddress.Parse(url);
        // Any other host name, such as "*" or "+", makes the server listen on every address of the machine.
        var isOne = address.Host == "localhost"
            || (IPAddress.TryParse(address.Host, out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any));
        return new UriBuilder(address.Scheme, isOne ? address.Host : "127.0.0.1", address.Port).Uri;
    }

    private static string? First(string? list) =>
        list?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    /// <summary>
    /// Accepts any certificate: it is for the public address and not for this machine, and the request contains no secret.
    /// </summary>
    private static SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable),
        },
    };
}
