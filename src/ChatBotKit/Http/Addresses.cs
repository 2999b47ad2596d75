namespace ChatBotKit;

/// <summary>Turns the path of a call into the address that is called.</summary>
internal sealed class Addresses
{
    private const string HostedName = "api.chatbotkit.com";
    private const string HostedPrefix = "/api";

    private readonly IReadOnlyDictionary<string, string> _endpoints;

    public Addresses(ChatBotKitClientOptions options)
    {
        _endpoints = options.Endpoints ?? new Dictionary<string, string>();
        var builder = new UriBuilder(options.BaseUrl) { Path = "/", Query = "", Fragment = "" };
        if (options.Protocol is { } protocol)
            UseProtocol(builder, protocol.TrimEnd(':', '/'));
        if (options.Host is { } host)
            UseHost(builder, host);
        if (builder.Scheme != Uri.UriSchemeHttp && builder.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("The address of the API must be http or https.", nameof(options));
        BaseUrl = builder.Uri;
    }

    public Uri BaseUrl { get; }

    public Uri Resolve(string path, ClientFetchOptions options)
    {
        var target = options.External ? path : Override(path, options);
        var builder = new UriBuilder(new Uri(BaseUrl, target));
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

    // Without a port of its own the host takes over the port of the base address, as in the URL type of browsers.
    private static void UseHost(UriBuilder builder, string host)
    {
        var authority = new Uri($"{builder.Scheme}://{host}/");
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
