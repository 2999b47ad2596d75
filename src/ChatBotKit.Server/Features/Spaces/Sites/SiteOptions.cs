using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Spaces.Sites;

/// <summary>The settings of sites.</summary>
internal sealed record SiteOptions
{
    private const string HostName = "CHATBOTKIT_SITES_HOST";

    /// <summary>The host of which each site has a subdomain; null when sites are served by their paths only.</summary>
    public string? Host { get; init; }

    /// <exception cref="StartupException">The setting is invalid; the message names it.</exception>
    public static SiteOptions From(IConfiguration configuration) => new()
    {
        Host = configuration[HostName] is { Length: > 0 } text ? Read(text.Trim().ToLowerInvariant()) : null,
    };

    private static string Read(string host) => HostNames.IsHost(host)
        ? host
        : throw new StartupException($"{HostName} must be the name of a host without a port, for example sites.example.com.");
}
