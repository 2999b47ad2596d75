using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Sends calls and reads their answers; all clients that come from one another share one of these.</summary>
internal sealed class Transport
{
    private const string JsonType = "application/json";
    private const string JsonLinesType = "application/jsonl";
    private const string EventsType = "text/event-stream";

    // One pool for the process; connections are renewed so that changes of DNS are seen.
    private static readonly HttpClient SharedHttpClient = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly HttpClient _http;
    private readonly AttemptTimeout _timeout;

    public Transport(ChatBotKitClientOptions options)
    {
        Options = options;
        Addresses = new Addresses(options);
        _http = options.HttpClient ?? SharedHttpClient;
        Retries = new RetryPolicy(options);
        _timeout = new AttemptTimeout(options);
    }

    public ChatBotKitClientOptions Options { get; }

    public Addresses Addresses { get; }

    public RetryPolicy Retries { get; }

    public ApiRequest CreateRequest(string path, ClientFetchOptions options) => new(Options, Addresses.Resolve(path, options), options);

    public async Task<T> FetchAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        using var cancellation = LinkedCancellation.Of(request.Options.CancellationToken, cancellationToken);
        return await Retries.ExecuteAsync(request, FetchOnceAsync<T>, cancellation.Token).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<U> StreamAsync<U>(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cancellation = LinkedCancellation.Of(request.Options.CancellationToken, cancellationToken);
        var items = typeof(U) == typeof(RunEvent)
            ? (IAsyncEnumerable<U>)new RunStream(this, request).ReadAsync(cancellation.Token)
            : ReadLinesAsync(request, LineParser.For<U>(), cancellation.Token);
        await foreach (var item in items.ConfigureAwait(false))
            yield return item;
    }

    public async Task DownloadAsync(ApiRequest request, Stream destination)
    {
        var cancellationToken = request.Options.CancellationToken;
        using var response = await OpenAsync(request, JsonType, cancellationToken).ConfigureAwait(false);
        try
        {
            await response.Content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            throw Failure.OfConnection(exception, Source(request, response));
        }
    }

    /// <summary>Sends a call whose answer has no body that matters.</summary>
    public async Task SendAsync(ApiRequest request)
    {
        using var response = await OpenAsync(request, "*/*", request.Options.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream of lines; it is for the caller to dispose.</summary>
    public async Task<LineSource> OpenLinesAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(request, JsonLinesType, cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new LineSource(response, body, Source(request, response));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public IAsyncEnumerable<U> ReadLinesAsync<U>(LineSource lines, ApiRequest request, LineParser<U> parser, CancellationToken cancellationToken) =>
        JsonLines.ReadAsync(lines, parser, Idle(request), cancellationToken);

    public async IAsyncEnumerable<JsonObject> ReadEventsAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cancellation = LinkedCancellation.Of(request.Options.CancellationToken, cancellationToken);
        using var response = await OpenAsync(request, EventsType, cancellation.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellation.Token).ConfigureAwait(false);
        await foreach (var item in ServerSentEvents.ReadAsync(body, Source(request, response), Idle(request), cancellation.Token).ConfigureAwait(false))
            yield return item;
    }

    private async IAsyncEnumerable<U> ReadLinesAsync<U>(
        ApiRequest request, LineParser<U> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = await OpenLinesAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (var item in ReadLinesAsync(lines, request, parser, cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private async Task<HttpResponseMessage> OpenAsync(ApiRequest request, string accept, CancellationToken cancellationToken) =>
        await Retries.ExecuteAsync(request, (call, token) => SendOnceAsync(call, accept, token), cancellationToken).ConfigureAwait(false);

    private async Task<T> FetchOnceAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendOnceAsync(request, JsonType, cancellationToken).ConfigureAwait(false);
        var source = Source(request, response);
        request.RunId = Failure.HeaderOf(response, "X-Run-Id");
        var body = await ReadBodyAsync(response, source, cancellationToken).ConfigureAwait(false);
        return AnswerReader.Read((JsonTypeInfo<T>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T)), body, source);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, string accept, CancellationToken cancellationToken)
    {
        using var message = request.CreateMessage(accept);
        var response = await SendMessageAsync(request, message, cancellationToken).ConfigureAwait(false);
        Retries.LearnFrom(request, response);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
        {
            var source = Source(request, response);
            var body = await _timeout.ExecuteAsync(request, token => Failure.ReadBodyAsync(response, token), cancellationToken).ConfigureAwait(false);
            throw Failure.OfAnswer(response, body, source, Options.TimeProvider);
        }
    }

    private async Task<HttpResponseMessage> SendMessageAsync(ApiRequest request, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(
                request,
                token => _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failure.OfConnection(exception, Source(request, response: null));
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, FailureSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failure.OfConnection(exception, source);
        }
    }

    private IdleWatch Idle(ApiRequest request) => new(request.Options.StreamIdleTimeout ?? Options.StreamIdleTimeout, Options.TimeProvider);

    private FailureSource Source(ApiRequest request, HttpResponseMessage? response) => new(
        request.Options.External ? new Uri(request.Url.GetLeftPart(UriPartial.Path)) : request.Url,
        response?.StatusCode,
        response is null ? null : Failure.HeaderOf(response, "X-Request-Id"),
        Options.Secret);
}
