using System.Net.Http.Headers;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>The settings of an OpenAI-compatible endpoint.</summary>
internal sealed record OpenAiOptions
{
    public static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    /// <summary>The API key, sent as a bearer token; null or empty for a server that needs none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The configured address, with or without a slash or <c>/chat/completions</c> at its end; it may have a query.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>The models of the model list, the default one first; empty for the well-known ones.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>How long to wait for the connection and the response headers together.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the answer may pause. It is longer than the wait for the headers, because models that reason without streaming it
    /// send the headers at once and then nothing until they are done.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long to wait for the usage and the end of the stream after the model has sent its finish reason.</summary>
    public TimeSpan AfterFinishTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum number of bytes between two events of an answer. An event is held in memory until it is complete.</summary>
    public long MaxEventBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The maximum number of bytes of a streamed answer.</summary>
    public long MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The maximum number of characters of the calls of one answer, together with their fields to send back.</summary>
    public int MaxAnswerCharacters { get; init; } = AnswerLimit.Default;

    /// <summary>The models that get pictures; null for all, each until it refuses them.</summary>
    public IReadOnlyList<string>? ImageModels { get; init; }

    public Uri CompletionsUrl => UrlOf("chat/completions");

    /// <summary>
    /// Whether the token limit is first sent under its newer name. OpenAI's newer models refuse <c>max_tokens</c>, while many
    /// compatible servers know only that name. So OpenAI itself, also on Azure, gets the newer name, and all others get the older
    /// one. An endpoint that refuses it gets the other name.
    /// </summary>
    public bool UsesMaxCompletionTokens => OpenAiAddress.IsOpenAi(BaseUrl);

    /// <summary>Whether the key is also sent in Azure's own header. Some of its addresses accept only that one.</summary>
    public bool SendsApiKeyHeader => OpenAiAddress.IsAzure(BaseUrl) || OpenAiAddress.IsDeployment(BaseUrl);

    /// <param name="route">A route of the endpoint, such as <c>audio/speech</c>.</param>
    public Uri UrlOf(string route) => OpenAiAddress.Of(BaseUrl, route);

    /// <summary>Adds the key, if there is one, in the headers that the endpoint reads.</summary>
    public void Authorize(HttpRequestMessage message)
    {
        if (string.IsNullOrEmpty(ApiKey))
            return;
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        if (SendsApiKeyHeader)
            message.Headers.Add("api-key", ApiKey);
    }

    // The generated ToString would contain the key.
    public override string ToString() => $"OpenAI-compatible endpoint at {BaseUrl.Host}";
}
