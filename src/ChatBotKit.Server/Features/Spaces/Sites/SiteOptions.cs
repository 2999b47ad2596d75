using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Spaces.Sites;

/// <summary>The settings of sites.</summary>
internal sealed record SiteOptions
{
    private const string HostName = "CHATBOTKIT_SITES_HOST";

    /// <summary>The host of which each site has a subdomain; null when sites are served by their paths only.</summary>
    public string? Host { get; init; }

    /// <summary>The end of the names of all hosts of sites; null for none.</summary>
    public string? Suffix => Host is null ? null : "." + Host;

    /// <param name="configuration">The settings.</param>
    /// <param name="publicUrl">The address of this server; null when it is not configured.</param>
    /// <exception cref="StartupException">The setting is invalid; the message names it.</exception>
    public static SiteOptions From(IConfiguration configuration, Uri? publicUrl)
    {
        if (configuration[HostName] is not { Length: > 0 } text)
            return new SiteOptions();
        var options = new SiteOptions { Host = text.Trim().ToLowerInvariant() };
        if (!HostNames.IsHost(options.Host))
            throw new StartupException($"{HostName} must be the name of a host without a port, for example sites.example.com.");
        // The server itself would be taken for a site.
        return publicUrl?.Host.EndsWith(options.Suffix!, StringComparison.OrdinalIgnoreCase) == true
            ? throw new StartupException($"{HostName} must be a host of its own: {publicUrl.Host}, the host of CHATBOTKIT_PUBLIC_URL, is below it.")
            : options;
    }
}
