using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Sends calls and reads their answers. Clients that are reached from one another share one instance.</summary>
internal sealed class Transport
{
    public const string JsonType = "application/json";
    private const string JsonLinesType = "application/jsonl";
    private const string EventsType = "text/event-stream";

    private readonly Sender _sender;

    public Transport(ChatBotKitClientOptions options)
    {
        Options = options;
        Addresses = new Addresses(options);
        Retries = new RetryPolicy(options);
        _sender = new Sender(options, Retries);
    }

    public ChatBotKitClientOptions Options { get; }

    public Addresses Addresses { get; }

    public RetryPolicy Retries { get; }

    public ApiRequest CreateRequest(string path, ClientFetchOptions options) => new(Options, Addresses.Resolve(path, options), options);

    public async Task<T> FetchAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        using var cancellation = LinkedCancellation.Of(request.Options.CancellationToken, cancellationToken);
        try
        {
            return await Retries.ExecuteAsync(request, FetchOnceAsync<T>, cancellation.Token).ConfigureAwait(false);
        }
        catch (ChatBotKitException failure) when (Retries.MayFollow(request, failure))
        {
            return await FollowAsync<T>(request, failure, cancellation.Token).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<U> StreamAsync<U>(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cancellation = LinkedCancellation.Of(request.Options.CancellationToken, cancellationToken);
        request.IsNotFollowed = true;
        var items = typeof(U) == typeof(RunEvent)
            ? (IAsyncEnumerable<U>)new RunStream(this, request).ReadAsync(cancellation.Token)
            : ReadLinesAsync(request, LineParser.For<U>(), cancellation.Token);
        await foreach (var item in items.ConfigureAwait(false))
            yield return item;
    }

    public async Task DownloadAsync(ApiRequest request, Stream destination)
    {
        var download = new Download(destination);
        await Retries.ExecuteAsync(request, TakeOnceAsync, request.Options.CancellationToken).ConfigureAwait(false);

        async Task<bool> TakeOnceAsync(ApiRequest call, CancellationToken token)
        {
            using var response = await _sender.SendAsync(call, JsonType, token).ConfigureAwait(false);
            return await download.TakeAsync(call, response, Idle(call), Sender.Source(call, response), token).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a call and ignores the body of its answer.</summary>
    public async Task SendAsync(ApiRequest request)
    {
        using var response = await OpenAsync(request, "*/*", request.Options.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream of lines. The caller disposes it.</summary>
    public async Task<LineSource> OpenLinesAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(request, JsonLinesType, cancellationToken).ConfigureAwait(false);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new LineSource(response, body, Sender.Source(request, response));
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
        await foreach (var item in ServerSentEvents.ReadAsync(body, Sender.Source(request, response), Idle(request), cancellation.Token).ConfigureAwait(false))
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
        await Retries.ExecuteAsync(request, (call, token) => _sender.SendAsync(call, accept, token), cancellationToken).ConfigureAwait(false);

    private async Task<T> FetchOnceAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        var type = (JsonTypeInfo<T>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(T));
        using var response = await _sender.SendAsync(request, JsonType, cancellationToken).ConfigureAwait(false);
        var source = Sender.Source(request, response);
        request.RunId = Failure.HeaderOf(response, "X-Run-Id") ?? request.RunId;
        var body = await ResponseBody.ReadAsync(response, Idle(request), source, cancellationToken).ConfigureAwait(false);
        return AnswerReader.Read(type, body.Span, source);
    }

    /// <summary>
    /// Waits for the end of a run whose answer was lost although the run may continue, because a proxy gave up or the
    /// connection broke. The call is sent again with the same idempotency key, so the server returns the same run. It is
    /// sent as a stream, which starts at once, so that no proxy times out.
    /// </summary>
    private async Task<T> FollowAsync<T>(ApiRequest request, ChatBotKitException failure, CancellationToken cancellationToken)
    {
        request.IsNotFollowed = true;
        if (!Retries.Recognises(request))
            await _sender.ProbeAsync(CreateProbe(request), cancellationToken).ConfigureAwait(false);
        if (!Retries.Recognises(request))
        {
            return Options.RetryUnsafePosts
                ? await Retries.ExecuteAsync(request, FetchOnceAsync<T>, cancellationToken).ConfigureAwait(false)
                : throw failure;
        }

        await foreach (var happened in new RunStream(this, request).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (happened is ResultEvent)
                break;
        }

        var path = request.Options.ResumePath!(request.RunId ?? throw failure);
        var result = CreateRequest(path, Followed(request));
        return await Retries.ExecuteAsync(result, FetchOnceAsync<T>, cancellationToken).ConfigureAwait(false);
    }

    private ApiRequest CreateProbe(ApiRequest request) =>
        new(Options, request.Url, Followed(request) with { Method = HttpMethod.Head, Headers = request.Options.Headers });

    private static ClientFetchOptions Followed(ApiRequest request) => new()
    {
        Timeout = request.Options.Timeout,
        StreamIdleTimeout = request.Options.StreamIdleTimeout,
        Retries = request.Options.Retries,
        RetryDelay = request.Options.RetryDelay,
    };

    private IdleWatch Idle(ApiRequest request) => new(request.Options.StreamIdleTimeout ?? Options.StreamIdleTimeout, Options.TimeProvider);
}
