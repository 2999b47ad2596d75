using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;

/// <summary>The search engine of the web searches of abilities.</summary>
internal sealed record SearchOptions
{
    private const string UrlName = "CHATBOTKIT_SEARCH_URL";
    private const string KeyName = "CHATBOTKIT_SEARCH_KEY";

    /// <summary>The address of a SearXNG server; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>The key of Brave's search API; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The address of Brave's search API.</summary>
    public Uri BraveUrl { get; init; } = new("https://api.search.brave.com/res/v1/");

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static SearchOptions From(IConfiguration configuration)
    {
        var (url, key) = (configuration[UrlName], configuration[KeyName]);
        if (string.IsNullOrWhiteSpace(url))
            return new SearchOptions { Key = string.IsNullOrWhiteSpace(key) ? null : key.Trim() };
        if (!string.IsNullOrWhiteSpace(key))
            throw new StartupException($"Set either {UrlName} or {KeyName}: they belong to different search engines.");
        return Uri.TryCreate(url.Trim().TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? new SearchOptions { Url = address }
            : throw new StartupException($"{UrlName} must be an address that begins with http:// or https://.");
    }
}
