namespace ChatBotKit;

/// <summary>Builds the address of a call from its path.</summary>
internal sealed class Addresses
{
    private const string HostedName = "api.chatbotkit.com";
    private const string HostedPrefix = "/api";

    private readonly IReadOnlyDictionary<string, string> _endpoints;
    private readonly string _root;

    public Addresses(ChatBotKitClientOptions options)
    {
        _endpoints = options.Endpoints ?? new Dictionary<string, string>();
        if (options.BaseUrl is not { IsAbsoluteUri: true })
            throw new ArgumentException("BaseUrl must be an address such as https://chat.example.com.", nameof(options));
        // User information in the address would not be sent, but exceptions would show it.
        var builder = new UriBuilder(options.BaseUrl) { Query = "", Fragment = "", UserName = "", Password = "" };
        if (options.Protocol is { } protocol)
            UseProtocol(builder, protocol.TrimEnd(':', '/'));
        if (options.Host is { } host)
            UseHost(builder, host);
        if (builder.Scheme != Uri.UriSchemeHttp && builder.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("The address of the API must be http or https.", nameof(options));
        builder.Path = builder.Host == HostedName ? "/" : $"{builder.Path.TrimEnd('/')}/";
        BaseUrl = builder.Uri;
        _root = BaseUrl.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>Gets the address of the API, with a slash at its end.</summary>
    public Uri BaseUrl { get; }

    /// <exception cref="ArgumentException">The path is not a valid part of an address.</exception>
    public Uri Resolve(string path, ClientFetchOptions options)
    {
        var target = options.External ? path : Override(path, options);
        var isOurs = !options.External && target.StartsWith('/');
        if (!Uri.TryCreate(BaseUrl, isOurs ? _root + target : target, out var address))
            throw new ArgumentException($"\"{path}\" is neither a path nor an address.", nameof(path));
        var builder = new UriBuilder(address);
        if (!options.External)
            DropHostedPrefix(builder);
        if (options.Query is { Count: > 0 } query)
            builder.Query = string.Join('&', [.. Parts(builder.Query), QueryString.From(query)]);
        return builder.Uri;
    }

    private static void UseProtocol(UriBuilder builder, string protocol)
    {
        var hadDefaultPort = builder.Uri.IsDefaultPort;
        builder.Scheme = protocol;
        if (hadDefaultPort)
            builder.Port = -1;
    }

    // A host without a port keeps the port of the base address, as in the URL type of browsers.
    private static void UseHost(UriBuilder builder, string host)
    {
        if (!Uri.TryCreate($"{builder.Scheme}://{host}/", UriKind.Absolute, out var authority))
            throw new ArgumentException($"Host must be a name such as chat.example.com:8080, not \"{host}\".", nameof(host));
        builder.Host = authority.Host;
        if (host.EndsWith($":{authority.Port}", StringComparison.Ordinal))
            builder.Port = authority.Port;
    }

    private static IEnumerable<string> Parts(string query) => query.Length > 1 ? [query[1..]] : [];

    private static void DropHostedPrefix(UriBuilder builder)
    {
        if (builder.Host == HostedName && builder.Path.StartsWith($"{HostedPrefix}/", StringComparison.Ordinal))
            builder.Path = builder.Path[HostedPrefix.Length..];
    }

    private string Override(string path, ClientFetchOptions options)
    {
        if (options.Endpoint is { } endpoint && _endpoints.TryGetValue(endpoint, out var replacement))
            return Route.Expand(replacement, options.RouteValues);
        return _endpoints.GetValueOrDefault(path, path);
    }
}
