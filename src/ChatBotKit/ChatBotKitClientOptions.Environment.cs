namespace ChatBotKit;

public sealed partial record ChatBotKitClientOptions
{
    private const string UrlVariable = "CHATBOTKIT_API_URL";
    private const string SecretVariable = "CHATBOTKIT_API_SECRET";

    /// <summary>
    /// Creates options from the environment variables <c>CHATBOTKIT_API_URL</c> and <c>CHATBOTKIT_API_SECRET</c>. No other
    /// member reads them.
    /// </summary>
    /// <returns>Options with the address and the secret. All others have their defaults; use <c>with</c> to change them.</returns>
    /// <exception cref="InvalidOperationException">
    /// A variable is missing or not valid. The message names it and never shows the secret. The address has no default
    /// here, so that the token of your own server is never sent to the hosted service.
    /// </exception>
    public static ChatBotKitClientOptions FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    internal static ChatBotKitClientOptions FromEnvironment(Func<string, string?> read) => new()
    {
        BaseUrl = ReadUrl(read(UrlVariable)?.Trim()),
        Secret = ReadSecret(read(SecretVariable)?.Trim()),
    };

    private static Uri ReadUrl(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new InvalidOperationException(
                $"{UrlVariable} is not set. It names the server to call, for example http://127.0.0.1:8080, or {DefaultBaseUrl} for the hosted service.");
        }

        // The message does not contain the value, because it may be a credential.
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            throw new InvalidOperationException($"{UrlVariable} is not an address such as http://127.0.0.1:8080.");
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new InvalidOperationException($"{UrlVariable} must be an address without user, query and fragment.");
        return url;
    }

    private static string ReadSecret(string? value)
    {
        if (string.IsNullOrEmpty(value))
            throw new InvalidOperationException($"{SecretVariable} is not set. It holds an API token or the token of a session.");
        // Other characters cannot be sent in a header.
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new InvalidOperationException($"{SecretVariable} holds a character that no token has, such as a space or a line break.");
        return value;
    }
}
