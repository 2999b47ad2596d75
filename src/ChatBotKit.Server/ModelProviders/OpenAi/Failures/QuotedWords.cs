using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>Quotes an endpoint's words on one line, shortened, and without the API key.</summary>
internal sealed class QuotedWords
{
    private const int MaxLength = 500;
    private const int MinSecretLength = 8;
    private const int MinDifferentCharacters = 5;

    /// <summary>Common placeholders for a key where a server needs none. They are no secrets, and may occur in ordinary words.</summary>
    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "lm-studio", "lmstudio", "llama.cpp", "llamacpp", "sk-no-key-required", "no-key-required", "not-needed", "not-required",
        "placeholder", "your-api-key", "api-key-here", "changeme", "change-me", "anything", "localhost", "localai", "litellm",
    };

    private readonly string[] _secrets;

    /// <param name="options">The endpoint. The query of its address may contain a key too.</param>
    public QuotedWords(OpenAiOptions options)
    {
        var values = options.BaseUrl.Query.TrimStart('?').Split('&').Select(pair => Uri.UnescapeDataString(pair.Split('=', 2)[^1]));
        _secrets =
        [
            .. values.Append(options.ApiKey ?? "").Where(IsSecret)
                .SelectMany(secret => (string[])[secret, Uri.EscapeDataString(secret)])
                .Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length),
        ];
    }

    /// <summary>Returns a colon and the words, or a full stop when there are none.</summary>
    public string After(OpenAiError error)
    {
        if (string.IsNullOrWhiteSpace(error.Message))
            return ".";
        // Secrets are removed before the text is cut, so that no part of one remains.
        var words = _secrets.Aggregate(error.Message, (text, secret) => text.Replace(secret, "…", StringComparison.Ordinal));
        return ": " + Short(words);
    }

    /// <summary>Replaces line feeds and escape sequences, which could forge lines of a log or control a terminal.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;

    /// <summary>Returns a third party's text on one line, shortened.</summary>
    public static string Short(string text) => FaultText.Clip(Printable(text), MaxLength);

    private static bool IsSecret(string text) =>
        text.Length >= MinSecretLength && text.Distinct().Count() >= MinDifferentCharacters && !Placeholders.Contains(text)
        // A date, as in api-version=2024-10-21-preview, is not a secret.
        && !DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", out _);
}
