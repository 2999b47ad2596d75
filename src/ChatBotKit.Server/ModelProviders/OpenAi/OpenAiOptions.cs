using System.Net.Http.Headers;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>How to reach an OpenAI-compatible endpoint.</summary>
internal sealed record OpenAiOptions
{
    public static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    /// <summary>Sent as a bearer token; null or empty for a server that asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The address as configured: with or without a slash or <c>/chat/completions</c> at its end, also with a query.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>The names that the model list shows, the default one first; empty for the well-known ones.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>How long the connection and the head of the answer may take together.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the answer may pause. Longer than the wait for its head, because models that reason in secret send
    /// the head at once and then nothing until they are done.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long to wait for the usage and the end mark after the model said that it is finished.</summary>
    public TimeSpan AfterFinishTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes may come between two events of an answer: an event is held in memory until it is whole.</summary>
    public long MaxEventBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many bytes a streamed answer may have.</summary>
    public long MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How many characters the calls of one answer may have, and the fields that go back with them.</summary>
    public int MaxAnswerCharacters { get; init; } = AnswerLimit.Default;

    /// <summary>The models that are shown pictures; null for every one until it refuses them.</summary>
    public IReadOnlyList<string>? ImageModels { get; init; }

    public Uri CompletionsUrl => UrlOf("chat/completions");

    /// <summary>
    /// OpenAI's newer models refuse <c>max_tokens</c>, while many compatible servers know no other name. So the newer
    /// name goes to OpenAI itself (also on Azure) and the older one to everybody else; who refuses it gets the other one.
    /// </summary>
    public bool UsesMaxCompletionTokens => OpenAiAddress.IsOpenAi(BaseUrl);

    /// <summary>Azure takes a key under a header of its own, at some of its addresses only there.</summary>
    public bool SendsApiKeyHeader => OpenAiAddress.IsAzure(BaseUrl) || OpenAiAddress.IsDeployment(BaseUrl);

    /// <param name="route">A route of the endpoint, such as <c>audio/speech</c>.</param>
    public Uri UrlOf(string route) => OpenAiAddress.Of(BaseUrl, route);

    /// <summary>Adds the key, if there is one, in the headers in which the endpoint looks for it.</summary>
    public void Authorize(HttpRequestMessage message)
    {
        if (string.IsNullOrEmpty(ApiKey))
            return;
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        if (SendsApiKeyHeader)
            message.Headers.Add("api-key", ApiKey);
    }

    // A generated ToString would print the key.
    public override string ToString() => $"OpenAI-compatible endpoint at {BaseUrl.Host}";
}
