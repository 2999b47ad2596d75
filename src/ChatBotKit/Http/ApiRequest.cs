using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>One logical call; every try of it is a fresh message with the same headers and body.</summary>
internal sealed class ApiRequest
{
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

    /// <summary>Gets what tells the server that a repeated POST is the same call; null when it is not needed.</summary>
    public string? IdempotencyKey { get; }

    /// <summary>Gets or sets the run that the call has started, once the server has said so.</summary>
    public string? RunId { get; set; }

    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    public HttpRequestMessage CreateMessage(string accept)
    {
        var message = new HttpRequestMessage(Method, Url) { Content = _createContent?.Invoke() };
        SetHeaders(message, "Accept", accept);
        if (!Options.External)
            SetApiHeaders(message);
        foreach (var (name, value) in Options.Headers ?? new Dictionary<string, string>())
            SetHeaders(message, name, value);
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
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, ChatBotKitJson.ClientOptions.GetTypeInfo(record.GetType()));
        return () => Bytes(bytes, "application/json");
    }

    private static ReadOnlyMemoryContent Bytes(ReadOnlyMemory<byte> bytes, string type) =>
        new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    private static void SetHeaders(HttpRequestMessage message, string name, string value)
    {
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
        if (_client.Secret.Length > 0)
            SetHeaders(message, "Authorization", $"Bearer {_client.Secret}");
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
