using System.Net;
using System.Runtime.ExceptionServices;

namespace ChatBotKit;

/// <summary>Sends one try of a call, and waits for the response headers.</summary>
internal sealed class Sender
{
    // All clients of the process that have no HTTP client of their own share one connection pool.
    private static readonly Lazy<HttpClient> SharedHttpClient = new(static () => HttpHandlers.CreateClient(HttpHandlers.Create()));

    private readonly ChatBotKitClientOptions _options;
    private readonly RetryPolicy _retries;
    private readonly HttpClient _http;

    public Sender(ChatBotKitClientOptions options, RetryPolicy retries)
    {
        if (!IsUsable(options.Secret) && options.Secret is not { Length: 0 })
            throw new ArgumentException("The secret contains a space, a line break or another character that is not allowed in a token.", nameof(options));
        _options = options;
        _retries = retries;
        _http = options.HttpClient ?? SharedHttpClient.Value;
    }

    /// <summary>Returns an answer with a successful status. The caller disposes it.</summary>
    /// <exception cref="ChatBotKitException">The server returned no upload request.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, string accept, CancellationToken cancellationToken)
    {
        request.Secret = request.Options.External ? "" : await SecretAsync(request, cancellationToken).ConfigureAwait(false);
        var response = await SendMessageAsync(request, accept, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.ExpectationFailed && !request.SendsAtOnce)
        {
            response.Dispose();
            request.SendsAtOnce = true;
            response = await SendMessageAsync(request, accept, cancellationToken).ConfigureAwait(false);
        }

        _retries.LearnFrom(request, response);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            var body = await ErrorBody.ReadAsync(response, BodyLimit(request), _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            throw Failure.OfAnswer(response, body, Source(request, response), _options.TimeProvider);
        }
    }

    /// <summary>Asks a server which features it supports. When it does not answer, it counts as a server without them.</summary>
    public async Task ProbeAsync(ApiRequest probe, CancellationToken cancellationToken)
    {
        try
        {
            probe.Secret = await SecretAsync(probe, cancellationToken).ConfigureAwait(false);
            using var response = await SendMessageAsync(probe, "*/*", cancellationToken).ConfigureAwait(false);
            _retries.LearnFrom(probe, response);
        }
        catch (ChatBotKitException)
        {
            // The original failure is the one to report.
        }
    }

    public static FailureSource Source(ApiRequest request, HttpResponseMessage? response) => new(
        request.Options.External ? new Uri(request.Url.GetLeftPart(UriPartial.Path)) : request.Url,
        response?.StatusCode,
        response is null ? null : Failure.HeaderOf(response, "X-Request-Id"),
        request.Secret)
    {
        Proxy = response is null ? null : ProxyOf(response.RequestMessage),
    };

    private async Task<HttpResponseMessage> SendMessageAsync(ApiRequest request, string accept, CancellationToken cancellationToken)
    {
        using var watch = Watch(request, cancellationToken);
        using var message = request.CreateMessage(accept, watch);
        try
        {
            watch.Start();
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
        }
        catch (CallerContentException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
        catch (Exception exception) when (exception is OperationCanceledException || TransportFailure.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = Source(request, response: null) with { Proxy = ProxyOf(message) };
            if (watch.HasEnded)
                throw Failure.OfTimeout($"The server {source.Origin} did not answer within {watch.Limit}.", source, exception);
            throw exception is OperationCanceledException
                ? Failure.OfTimeout("The HttpClient of the options has its own Timeout, which elapsed before response headers arrived.", source, exception)
                : TransportFailure.Of(exception, source);
        }
    }

    private async ValueTask<string> SecretAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (_options.SecretProvider is not { } provider)
            return _options.Secret;
        using var watch = Watch(request, cancellationToken);
        try
        {
            watch.Start();
            var secret = await provider(watch.Token).AsTask().WaitAsync(watch.Token).ConfigureAwait(false);
            return IsUsable(secret) ? secret : throw new InvalidOperationException("The API token of this request is empty or not one word.");
        }
        catch (OperationCanceledException exception) when (watch.HasEnded && !cancellationToken.IsCancellationRequested)
        {
            throw Failure.OfTimeout($"The SecretProvider returned no token within {watch.Limit}.", Source(request, response: null), exception);
        }
    }

    private SendWatch Watch(ApiRequest request, CancellationToken cancellationToken) =>
        new(request.Options.Timeout ?? _options.Timeout, _options.TimeProvider, cancellationToken);

    // The body of an error is optional, so it is not worth the timeout of a successful answer.
    private TimeSpan BodyLimit(ApiRequest request)
    {
        var (first, second) = (request.Options.Timeout ?? _options.Timeout, request.Options.StreamIdleTimeout ?? _options.StreamIdleTimeout);
        if (first == Timeout.InfiniteTimeSpan)
            return second;
        return second == Timeout.InfiniteTimeSpan || first < second ? first : second;
    }

    private static string? ProxyOf(HttpRequestMessage? message) =>
        message?.Options.TryGetValue(RouteNotes.Proxy, out var proxy) == true ? proxy : null;

    private static bool IsUsable(string? secret) => !string.IsNullOrEmpty(secret) && !secret.AsSpan().ContainsAnyExceptInRange('!', '~');
}
