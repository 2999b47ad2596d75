using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>One logical call. Every try of it is a new message with the same headers and body.</summary>
internal sealed class ApiRequest
{
    // Bodies of this size wait for the consent of the server (100-continue), so that a refused body is not sent and the
    // refusal can be read.
    private const long SmallestAnnounced = 256 * 1024;

    private readonly ChatBotKitClientOptions _client;
    private readonly Func<HttpContent>? _createContent;

    public ApiRequest(ChatBotKitClientOptions client, Uri url, ClientFetchOptions options)
    {
        _client = client;
        _createContent = ContentOf(options);
        Url = url;
        Options = options;
        Method = options.Method ?? (_createContent is null ? HttpMethod.Get : HttpMethod.Post);
        if (Method == HttpMethod.Post && !options.External)
            IdempotencyKey = RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    public Uri Url { get; }

    public HttpMethod Method { get; }

    public ClientFetchOptions Options { get; }

    /// <summary>Gets the idempotency key, by which the server recognizes a repeated POST; null when the call needs none.</summary>
    public string? IdempotencyKey { get; }

    /// <summary>Gets or sets the id of the run that the call has started; null until the server has sent it.</summary>
    public string? RunId { get; set; }

    /// <summary>Gets or sets the credential of the current try; an empty text sends none.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Gets or sets whether a part of the answer has reached the caller. From then on, the call is not retried.</summary>
    public bool IsSpent { get; set; }

    /// <summary>
    /// Gets or sets whether the body is sent without waiting for the consent of the server, because a proxy has refused to
    /// wait for it.
    /// </summary>
    public bool SendsAtOnce { get; set; }

    /// <summary>Gets or sets whether a run whose answer was cut off is sent again instead of followed.</summary>
    public bool IsNotFollowed { get; set; }

    /// <summary>Gets whether the call starts a run that can be followed when its answer is lost.</summary>
    public bool StartsRun => Method == HttpMethod.Post && Options.ResumePath is not null;

    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <exception cref="ArgumentException">A header is not valid.</exception>
    public HttpRequestMessage CreateMessage(string accept, SendWatch watch)
    {
        var content = _createContent?.Invoke();
        var message = new HttpRequestMessage(Method, Url) { Content = content is null ? null : new SentContent(content, watch) };
        SetHeaders(message, "Accept", accept);
        SetUserAgent(message);
        if (!Options.External)
            SetApiHeaders(message);
        foreach (var (name, value) in Options.Headers ?? new Dictionary<string, string>())
            SetHeaders(message, name, value);
        if (message.Content is not null && !SendsAtOnce && !OperatingSystem.IsBrowser()
            && message.Content.Headers.ContentLength is null or >= SmallestAnnounced)
            message.Headers.ExpectContinue = true;
        return message;
    }

    private static Func<HttpContent>? ContentOf(ClientFetchOptions options) => options switch
    {
        { Record: { } record } => JsonContent(record),
        { Buffer: { } buffer } => () => Bytes(buffer, "application/octet-stream"),
        { File: { } file } => () => new MultipartFormDataContent { { Bytes(file.Data, file.Type), "file", file.Name } },
        _ => options.Content,
    };

    private static Func<HttpContent> JsonContent(object record)
    {
        if (!ChatBotKitJson.ClientOptions.TryGetTypeInfo(record.GetType(), out var type))
            throw new ArgumentException($"{record.GetType().Name} is no record of the API.", nameof(record));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, type);
        return () => Bytes(bytes, "application/json");
    }

    private static ReadOnlyMemoryContent Bytes(ReadOnlyMemory<byte> bytes, string type) =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    // Browsers set the User-Agent themselves, and a different value would need the consent of the server (CORS).
    private void SetUserAgent(HttpRequestMessage message)
    {
        if (!OperatingSystem.IsBrowser() && _client.HttpClient?.DefaultRequestHeaders.NonValidated.Contains("User-Agent") != true)
            message.Headers.UserAgent.ParseAdd(HttpHandlers.Product);
    }

    private static void SetHeaders(HttpRequestMessage message, string name, string value)
    {
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"The header {name} contains a line break or another character that is not allowed in a header.", name);
        message.Headers.NonValidated.TryGetValues(name, out var existing);
        if (existing.Count > 0)
            message.Headers.Remove(name);
        if (message.Headers.TryAddWithoutValidation(name, value) || message.Content is not { } content)
            return;
        content.Headers.Remove(name);
        content.Headers.TryAddWithoutValidation(name, value);
    }

    private void SetApiHeaders(HttpRequestMessage message)
    {
        foreach (var (name, value) in _client.Headers ?? new Dictionary<string, string>())
            SetHeaders(message, name, value);
        if (Secret.Length > 0)
            SetHeaders(message, "Authorization", $"Bearer {Secret}");
        if (_client.RunAsUserId is { } userId)
            SetHeaders(message, "X-RunAs-User-Id", userId);
        if (_client.RunAsChildUserEmail is { } email)
            SetHeaders(message, "X-RunAs-Child-User-Email", email);
        if (_client.Timezone is { } timezone)
            SetHeaders(message, "X-Timezone", timezone);
        if (IdempotencyKey is { } key)
            SetHeaders(message, "Idempotency-Key", key);
    }
}
