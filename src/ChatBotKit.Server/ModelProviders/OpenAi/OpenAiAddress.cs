using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Parses <c>OPENAI_BASE_URL</c>, and derives properties of the endpoint from its host and path.</summary>
internal static class OpenAiAddress
{
    private const string Completions = "/chat/completions";

    private static readonly string[] AzureHosts =
    [
        ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com",
        ".openai.azure.us", ".cognitiveservices.azure.us", ".openai.azure.cn", ".cognitiveservices.azure.cn",
    ];

    /// <exception cref="StartupException">The text is not an address that requests can be sent to.</exception>
    public static Uri Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new StartupException("OPENAI_BASE_URL must be an address such as http://127.0.0.1:11434/v1.");
        if (url.UserInfo.Length > 0)
            throw new StartupException("OPENAI_BASE_URL may not hold a user name or password; set OPENAI_API_KEY instead.");
        var path = url.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/responses", StringComparison.OrdinalIgnoreCase))
            throw new StartupException("OPENAI_BASE_URL ends with /responses, but the server asks for /chat/completions. Leave the last part out.");
        if (IsAzure(url) && IsDeployment(url) && !url.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase))
            throw new StartupException("OPENAI_BASE_URL is the address of an Azure deployment and needs ?api-version=… at its end.");
        return url;
    }

    /// <summary>Returns the address of a route. Its path is inserted after the path of the base address and before its query.</summary>
    /// <param name="baseUrl">The configured address, with or without <c>/chat/completions</c> at its end.</param>
    /// <param name="route">The route, for example <c>chat/completions</c>.</param>
    public static Uri Of(Uri baseUrl, string route)
    {
        var path = baseUrl.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Completions, StringComparison.OrdinalIgnoreCase))
            path = path[..^Completions.Length].TrimEnd('/');
        return new Uri($"{baseUrl.GetLeftPart(UriPartial.Authority)}{path}/{route}{baseUrl.Query}");
    }

    public static bool IsAzure(Uri url)
    {
        var host = HostOf(url);
        foreach (var end in AzureHosts)
        {
            if (host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether the path names a deployment on Azure, possibly behind a gateway with another host name.</summary>
    public static bool IsDeployment(Uri url) => url.AbsolutePath.Contains("/openai/deployments/", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the endpoint is OpenAI's, on its own host or on Azure. Models of other vendors on Azure have another path.
    /// </summary>
    public static bool IsOpenAi(Uri url)
    {
        var host = HostOf(url);
        return host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".api.openai.com", StringComparison.OrdinalIgnoreCase)
            || (IsAzure(url) && !url.AbsolutePath.StartsWith("/models", StringComparison.OrdinalIgnoreCase));
    }

    private static string HostOf(Uri url) => url.Host.TrimEnd('.');
}
