using System.Globalization;
using System.Net.Http.Headers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>Converts failures of the endpoint to exceptions that name the provider and the remedy.</summary>
internal sealed class OpenAiFailures(OpenAiOptions options, TimeProvider timeProvider)
{
    private readonly string _who = $"The model provider {OpenAiProvider.ProviderName} ({options.BaseUrl.Host})";
    private readonly QuotedWords _quoted = new(options);

    public ModelProviderException Unreachable(Exception inner) => Failure(
        ModelFailure.Unavailable, $"{_who} can't be reached{Reason(inner)}; check OPENAI_BASE_URL and the network.", inner: inner);

    /// <param name="limit">The time without a byte.</param>
    /// <param name="setting">The setting of the limit.</param>
    public ModelProviderException Silent(TimeSpan limit, string setting = "OPENAI_SILENCE_SECONDS") => Failure(
        ModelFailure.Silent,
        string.Create(CultureInfo.InvariantCulture, $"{_who} sent nothing for {limit.TotalSeconds:0.#} seconds; {setting} allows for more."));

    public ModelProviderException Broken(Exception? inner = null) => Failure(
        ModelFailure.Broken, $"{_who} broke off before its answer was complete.", inner: inner);

    public ModelProviderException NotUnderstood(Exception? inner = null) => Failure(
        ModelFailure.Broken, $"{_who} sent an answer that can't be understood; check OPENAI_BASE_URL.", inner: inner);

    public ModelProviderException NotDecoded(BodyEncodingException inner) => Failure(
        ModelFailure.Broken,
        $"{_who} sent an answer whose compression can't be undone ({inner.Message}); let neither it nor a proxy compress its answers.", inner: inner);

    public ModelProviderException TooLarge(Exception inner) => Failure(
        ModelFailure.Broken, $"{_who} sent more than an answer may hold: {inner.Message}.", inner: inner);

    /// <summary>Creates the exception for an error that follows a status of 200.</summary>
    public ModelProviderException InStream(OpenAiError error)
    {
        if (int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 400 and < 600)
            return OfStatus(status, error, null);
        return error.Code switch
        {
            "rate_limit_exceeded" or "rate_limit_error" or "insufficient_quota" => OfStatus(429, error, null),
            "invalid_api_key" or "authentication_error" => OfStatus(401, error, null),
            "context_length_exceeded" or "invalid_request_error" or "model_not_found" => OfStatus(400, error, null),
            _ => OfStatus(500, error, null),
        };
    }

    /// <summary>Creates the exception for a response with an unsuccessful status.</summary>
    public ModelProviderException Refused(HttpResponseMessage response, OpenAiError error) =>
        OfStatus((int)response.StatusCode, error, RetryAfter(response.Headers));

    private ModelProviderException OfStatus(int status, OpenAiError error, TimeSpan? retryAfter) => status switch
    {
        // The provider's words are left out, because they may repeat a part of the key.
        401 or 403 or 407 => Failure(ModelFailure.Unauthorized, $"{_who} {AboutAccess(status)}"),
        429 when error.Code != "insufficient_quota" => Failure(
            ModelFailure.RateLimited, $"{_who} limits the requests of this server; try again later or raise its limits{_quoted.After(error)}", retryAfter),
        408 or 409 or 425 or >= 500 => Failure(
            ModelFailure.Unavailable, $"{_who} failed with status {status}; try again later{_quoted.After(error)}", retryAfter),
        >= 400 => Failure(ModelFailure.Rejected, $"{_who} {AboutRequest(status, error)}{_quoted.After(error)}"),
        >= 300 => Failure(
            ModelFailure.Rejected, $"{_who} answered with a redirect (status {status}), which is not followed; check OPENAI_BASE_URL."),
        _ => Failure(
            ModelFailure.Unavailable, $"{_who} answered with the unexpected status {status}; check OPENAI_BASE_URL."),
    };

    private string AboutAccess(int status) => status switch
    {
        401 when string.IsNullOrEmpty(options.ApiKey) => "asks for a key (status 401); set OPENAI_API_KEY.",
        401 => "refused the key (status 401); check OPENAI_API_KEY.",
        407 => "is behind a proxy that asks for credentials (status 407); check HTTP_PROXY and HTTPS_PROXY.",
        _ => "refused the request with status 403; check what OPENAI_API_KEY may use, and whether something in front of the endpoint, "
            + "such as a firewall or a proxy (HTTP_PROXY, HTTPS_PROXY), refuses this server.",
    };

    private static string AboutRequest(int status, OpenAiError error) => status switch
    {
        402 or 429 => $"has no credit left for this key (status {status}); check its account",
        404 => "does not know this model or address; check the model's name and OPENAI_BASE_URL, which often ends with /v1",
        405 or 415 => $"does not take this kind of request here (status {status}); check OPENAI_BASE_URL",
        413 => "finds the request too large; give the model fewer messages (interactionMaxMessages) or smaller files "
            + "(CHATBOTKIT_PROMPT_TEXT_BYTES, CHATBOTKIT_PROMPT_IMAGE_BYTES)",
        _ when IsTooLong(error) =>
            "finds the conversation too long for the model; summarize it (compact), or give the model fewer messages (interactionMaxMessages)",
        _ => "did not accept the request",
    };

    private static bool IsTooLong(OpenAiError error) =>
        error.Code == "context_length_exceeded"
        || error.Message.Contains("context length", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("context window", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("context size", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase);

    private static ModelProviderException Failure(
        ModelFailure failure, string message, TimeSpan? retryAfter = null, Exception? inner = null) =>
        new(OpenAiProvider.ProviderName, failure, message, retryAfter, inner);

    private static string Reason(Exception exception) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => " (its name has no address)",
        HttpRequestError.ConnectionError => " (no connection)",
        HttpRequestError.SecureConnectionError => " (the TLS handshake failed)",
        HttpRequestError.ProxyTunnelError => " (the proxy in HTTP_PROXY or HTTPS_PROXY refused)",
        _ => "",
    };

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - timeProvider.GetUtcNow()
            ?? Number(headers, "retry-after-ms", TimeSpan.FromMilliseconds(1)) ?? Number(headers, "retry-after", TimeSpan.FromSeconds(1));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Parses a number in a header; unlike the framework's parser, fractions of a second are accepted.</summary>
    private static TimeSpan? Number(HttpResponseHeaders headers, string name, TimeSpan unit) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && double.TryParse(values.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= 31_536_000_000
            ? unit * number
            : null;
}
