using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Reads <c>OPENAI_BASE_URL</c>, and knows what its host and path say of the endpoint.</summary>
internal static class OpenAiAddress
{
    private const string Completions = "/chat/completions";

    private static readonly string[] AzureHosts =
    [
        ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com",
        ".openai.azure.us", ".cognitiveservices.azure.us", ".openai.azure.cn", ".cognitiveservices.azure.cn",
    ];

    /// <exception cref="StartupException">It is not an address that can be asked.</exception>
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

    /// <summary>The address of one of the endpoint's routes: its path goes behind the path, and before the query, of the base.</summary>
    /// <param name="baseUrl">As configured, also with <c>/chat/completions</c> at its end.</param>
    /// <param name="route">For example <c>chat/completions</c>.</param>
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

    /// <summary>Whether the path names one deployment of Azure, also behind a gateway of another name.</summary>
    public static bool IsDeployment(Uri url) => url.AbsolutePath.Contains("/openai/deployments/", StringComparison.OrdinalIgnoreCase);

    /// <summary>OpenAI itself, also on Azure; the models of other makers that Azure serves have a path of their own.</summary>
    public static bool IsOpenAi(Uri url)
    {
        var host = HostOf(url);
        return host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".api.openai.com", StringComparison.OrdinalIgnoreCase)
            || (IsAzure(url) && !url.AbsolutePath.StartsWith("/models", StringComparison.OrdinalIgnoreCase));
    }

    private static string HostOf(Uri url) => url.Host.TrimEnd('.');
}
