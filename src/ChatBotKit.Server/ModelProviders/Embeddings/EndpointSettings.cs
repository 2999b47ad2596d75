using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>Reads the address and the key of an endpoint.</summary>
internal static class EndpointSettings
{
    /// <summary>Returns the endpoint; null when no address is set.</summary>
    /// <exception cref="StartupException">A setting is invalid.</exception>
    public static OpenAiOptions? Read(IConfiguration configuration, string urlSetting, string keySetting)
    {
        var key = ReadKey(configuration, keySetting);
        return configuration[urlSetting]?.Trim() is { Length: > 0 } url
            ? new OpenAiOptions { BaseUrl = OpenAiAddress.Read(url, urlSetting, keySetting), ApiKey = key }
            : null;
    }

    /// <summary>Returns the key of the model provider for an endpoint of the same host. It is never sent to another one.</summary>
    public static string? KeyFor(OpenAiOptions endpoint, OpenAiOptions? provider) =>
        endpoint.BaseUrl.GetLeftPart(UriPartial.Authority) == provider?.BaseUrl.GetLeftPart(UriPartial.Authority) ? provider.ApiKey : null;

    /// <summary>Returns the key; null when none is set.</summary>
    /// <exception cref="StartupException">A character of the key can't be sent.</exception>
    public static string? ReadKey(IConfiguration configuration, string setting)
    {
        var key = configuration[setting]?.Trim();
        // Checked here, because the framework's own exception for an invalid header would contain the key.
        if (key?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
            throw new StartupException($"{setting} holds a character that a key can't hold, such as a space.");
        return string.IsNullOrEmpty(key) ? null : key;
    }
}
