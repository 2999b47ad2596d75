using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>Turns what can go wrong at the endpoint into failures that say who failed and what to do about it.</summary>
internal sealed class OpenAiFailures(OpenAiOptions options, TimeProvider timeProvider)
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int MaxQuoteLength = 500;

    private readonly string _who = $"The model provider {OpenAiProvider.ProviderName} ({options.BaseUrl.Host})";

    public ModelProviderException Unreachable(Exception inner) => Failure(
        ModelFailure.Unavailable, $"{_who} can't be reached; check OPENAI_BASE_URL and the network.", inner: inner);

    public ModelProviderException Silent(TimeSpan limit) => Failure(
        ModelFailure.Silent,
        string.Create(CultureInfo.InvariantCulture, $"{_who} sent nothing for {limit.TotalSeconds:0.#} seconds."));

    public ModelProviderException Broken(Exception? inner = null) => Failure(
        ModelFailure.Broken, $"{_who} broke off before its answer was complete.", inner: inner);

    public ModelProviderException NotUnderstood(Exception? inner = null) => Failure(
        ModelFailure.Broken, $"{_who} sent an answer that can't be understood; check OPENAI_BASE_URL.", inner: inner);

    public ModelProviderException TooLarge(Exception inner) => Failure(
        ModelFailure.Broken, $"{_who} sent more than an answer may hold: {inner.Message}.", inner: inner);

    /// <summary>An error that the provider reports after a head that said 200.</summary>
    public ModelProviderException InStream(OpenAiError error)
    {
        if (int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return OfStatus(status, error, null);
        return error.Code switch
        {
            "rate_limit_exceeded" or "rate_limit_error" or "insufficient_quota" => OfStatus(429, error, null),
            "invalid_api_key" or "authentication_error" => OfStatus(401, error, null),
            "context_length_exceeded" or "invalid_request_error" or "model_not_found" => OfStatus(400, error, null),
            _ => OfStatus(500, error, null),
        };
    }

    /// <summary>An answer whose status is not a success; reads its body.</summary>
    public async Task<ModelProviderException> RefusedAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = await ReadErrorAsync(response, cancellationToken);
        return OfStatus((int)response.StatusCode, error, RetryAfter(response.Headers.RetryAfter));
    }

    private ModelProviderException OfStatus(int status, OpenAiError error, TimeSpan? retryAfter) => status switch
    {
        // The provider's words are left out here, because they repeat a part of the key.
        401 or 403 => Failure(ModelFailure.Unauthorized, $"{_who} refused the key; check OPENAI_API_KEY."),
        429 => Failure(
            ModelFailure.RateLimited, $"{_who} limits our requests; try again later or raise its limits{Quote(error)}",
            retryAfter),
        404 => Failure(
            ModelFailure.Rejected, $"{_who} does not know this model or address; check the model's name and OPENAI_BASE_URL{Quote(error)}"),
        408 or >= 500 => Failure(
            ModelFailure.Unavailable, $"{_who} failed with status {status}; try again later{Quote(error)}", retryAfter),
        >= 400 => Failure(ModelFailure.Rejected, $"{_who} did not accept the request{Quote(error)}"),
        _ => Failure(
            ModelFailure.Unavailable, $"{_who} answered with the unexpected status {status}; check OPENAI_BASE_URL."),
    };

    private static ModelProviderException Failure(
        ModelFailure failure, string message, TimeSpan? retryAfter = null, Exception? inner = null) =>
        new(OpenAiProvider.ProviderName, failure, message, retryAfter, inner);

    private string Quote(OpenAiError error)
    {
        if (string.IsNullOrWhiteSpace(error.Message))
            return ".";
        // An endpoint that echoes headers must not make us print the key; nor a part of it, so it goes before the rest is cut.
        var message = string.IsNullOrEmpty(options.ApiKey)
            ? error.Message
            : error.Message.Replace(options.ApiKey, "…", StringComparison.Ordinal);
        return message.Length <= MaxQuoteLength ? $": {message}" : $": {message.AsSpan(0, MaxQuoteLength)}…";
    }

    private static async Task<OpenAiError> ReadErrorAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            using var document = JsonDocument.Parse(body);
            return OpenAiError.From(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            // Pages of proxies and cut bodies: the status says enough.
            return new OpenAiError("", "");
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - timeProvider.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
