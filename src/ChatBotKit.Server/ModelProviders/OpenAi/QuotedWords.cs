namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Quotes what an endpoint says, on one line, not at length, and never with our key.</summary>
internal sealed class QuotedWords
{
    private const int MaxLength = 500;
    private const int MinSecretLength = 8;
    private const int MinDifferentCharacters = 5;

    /// <summary>What people write where a server asks for no key. It is no secret, and may well be a part of other words.</summary>
    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "lm-studio", "lmstudio", "llama.cpp", "llamacpp", "sk-no-key-required", "no-key-required", "not-needed", "not-required",
        "placeholder", "your-api-key", "api-key-here", "changeme", "change-me", "anything", "localhost", "localai", "litellm",
    };

    private readonly string[] _secrets;

    /// <param name="options">The endpoint; what its address carries in its query may be a key too.</param>
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

    /// <summary>The words behind a colon, or a full stop when there are none.</summary>
    public string After(OpenAiError error)
    {
        if (string.IsNullOrWhiteSpace(error.Message))
            return ".";
        // The key goes before the rest is cut, so that no part of it stays.
        var words = _secrets.Aggregate(error.Message, (text, secret) => text.Replace(secret, "…", StringComparison.Ordinal));
        return ": " + Short(words);
    }

    /// <summary>Text without line feeds and escape sequences, which would forge lines of a log or change a terminal.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;

    /// <summary>Text of somebody else on one line and not at length.</summary>
    public static string Short(string text) => Cut(Printable(text));

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        var end = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static bool IsSecret(string text) =>
        text.Length >= MinSecretLength && text.Distinct().Count() >= MinDifferentCharacters && !Placeholders.Contains(text)
        // A date, as in api-version=2024-10-21-preview, is none.
        && !DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", out _);
}
