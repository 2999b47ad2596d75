using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Parses the address of an endpoint, such as <c>OPENAI_BASE_URL</c>, and derives properties of it from its host and path.</summary>
internal static class OpenAiAddress
{
    /// <summary>The setting with the address of the model provider.</summary>
    private const string Setting = "OPENAI_BASE_URL";

    private const string Completions = "chat/completions";

    private static readonly string[] AzureHosts =
    [
        ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com",
        ".openai.azure.us", ".cognitiveservices.azure.us", ".openai.azure.cn", ".cognitiveservices.azure.cn",
    ];

    /// <exception cref="StartupException">The text is not an address that requests can be sent to.</exception>
    public static Uri Read(string text)
    {
        var url = Read(text, Setting, "OPENAI_API_KEY");
        var path = url.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/responses", StringComparison.OrdinalIgnoreCase))
            throw new StartupException("OPENAI_BASE_URL ends with /responses, but the server asks for /chat/completions. Leave the last part out.");
        if (IsAzure(url) && IsDeployment(url) && !url.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase))
            throw new StartupException("OPENAI_BASE_URL is the address of an Azure deployment and needs ?api-version=… at its end.");
        return url;
    }

    /// <summary>Reads the address of any endpoint.</summary>
    /// <param name="text">The address.</param>
    /// <param name="setting">The setting that holds it, for the message.</param>
    /// <param name="keySetting">The setting that holds the key of the endpoint.</param>
    /// <exception cref="StartupException">The text is not an address that requests can be sent to.</exception>
    public static Uri Read(string text, string setting, string keySetting)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new StartupException($"{setting} must be an address such as http://127.0.0.1:11434/v1.");
        if (url.UserInfo.Length > 0)
            throw new StartupException($"{setting} may not hold a user name or password; set {keySetting} instead.");
        return url;
    }

    /// <summary>Returns the address of a route. Its path is inserted after the path of the base address and before its query.</summary>
    /// <param name="baseUrl">The configured address, with or without the route or <c>/chat/completions</c> at its end.</param>
    /// <param name="route">The route, for example <c>chat/completions</c>.</param>
    public static Uri Of(Uri baseUrl, string route)
    {
        var path = baseUrl.AbsolutePath.TrimEnd('/');
        foreach (var end in (ReadOnlySpan<string>)[Completions, route])
        {
            if (path.EndsWith($"/{end}", StringComparison.OrdinalIgnoreCase))
                path = path[..^end.Length].TrimEnd('/');
        }

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
