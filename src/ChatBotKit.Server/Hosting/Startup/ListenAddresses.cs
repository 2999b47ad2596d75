using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Hosting;

/// <summary>Checks that the server can listen on its addresses, before the database is touched.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:8080";

    /// <summary>Sets the default address when no setting names one.</summary>
    public static void UseDefault(WebApplicationBuilder builder)
    {
        string[] names = ["urls", "http_ports", "https_ports"];
        var isNamed = names.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]))
            || builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        if (!isNamed)
            builder.WebHost.UseUrls(Default);
    }

    /// <exception cref="StartupException">An address is invalid, or another program listens on it.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var name in new[] { "http_ports", "https_ports" })
        {
            foreach (var port in Split(configuration[name]))
                CheckPort(name, port);
        }

        // Addresses take precedence over ports, and both over the default. Endpoints in Kestrel's own configuration are not
        // checked.
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            foreach (var url in Split(urls))
                Check(url);
        }
        else if (!configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            Check(Default);
        }
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void CheckPort(string name, string port)
    {
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new StartupException($"{name} must hold port numbers from 0 to 65535, separated by semicolons, and not '{port}'.");
    }

    private static void Check(string url)
    {
        var address = Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return;
        foreach (var (family, ip) in EndPointsOf(address.Host))
            RequireFree(url, family, new IPEndPoint(ip, address.Port));
    }

    private static BindingAddress Parse(string url)
    {
        BindingAddress? address = null;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            // Reported below.
        }

        if (address is null || !IsUsable(address))
            throw new StartupException($"--urls holds '{url}', which is not a valid address to listen on, such as {Default}.");
        return address is { Host: "localhost", Port: 0 }
            ? throw new StartupException($"--urls holds '{url}': a free port is found for 127.0.0.1, not for localhost.")
            : address;
    }

    /// <summary>
    /// Whether the address is valid. An invalid port stays in the host, which Kestrel would take for a name and then listen on
    /// every address.
    /// </summary>
    private static bool IsUsable(BindingAddress address) =>
        address is { Scheme: "http" or "https", PathBase: "" }
        && (address.IsUnixPipe || address.IsNamedPipe
            || (address.Port <= ushort.MaxValue && (!address.Host.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(address.Host, out _))));

    /// <summary>
    /// Returns the endpoints as Kestrel understands them: a name other than localhost means every address of the machine.
    /// </summary>
    private static IEnumerable<(AddressFamily Family, IPAddress Address)> EndPointsOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return [(AddressFamily.InterNetwork, IPAddress.Loopback)];
        return IPAddress.TryParse(host, out var address)
            ? [(address.AddressFamily, address)]
            : [(AddressFamily.InterNetwork, IPAddress.Any)];
    }

    /// <summary>Binds to the address for a moment. The socket does not listen, so it never accepts a client.</summary>
    private static void RequireFree(string url, AddressFamily family, IPEndPoint endPoint)
    {
        try
        {
            using var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
        }
        catch (SocketException exception)
        {
            throw new StartupException(Describe(url, endPoint.Port, exception), exception);
        }
    }

    private static string Describe(string url, int port, SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"Another program listens on port {port} already, so the server can't listen on {url}. Stop that program, or choose another address with --urls.",
        SocketError.AccessDenied =>
            $"This user may not listen on port {port}. Choose a port above 1023 with --urls, or let a proxy listen there.",
        SocketError.AddressNotAvailable =>
            $"This machine does not have the address of {url}. Choose another one with --urls.",
        _ => $"The server can't listen on {url}: {exception.Message}",
    };
}
