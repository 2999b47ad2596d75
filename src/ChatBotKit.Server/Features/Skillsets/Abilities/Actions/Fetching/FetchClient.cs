using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>Sends the requests of abilities. Addresses of private networks are refused, and the size of answers and the time are limited.</summary>
internal sealed class FetchClient : IDisposable
{
    /// <summary>The maximum size of an answer in bytes.</summary>
    public const int MaxBytes = 512 * 1024;

    private const int MaxRedirects = 3;

    private static readonly string[] TextTypes =
        ["json", "xml", "javascript", "yaml", "x-yaml", "x-www-form-urlencoded", "x-ndjson", "jsonl", "graphql", "ecmascript"];

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public FetchClient(GuardedHttp guarded, TimeProvider time)
    {
        var handler = guarded.CreateHandler();
        // The limit of the size is that of the decompressed answer.
        handler.AutomaticDecompression = DecompressionMethods.All;
        _client = HttpHandlers.CreateClient(handler);
        _time = time;
    }

    /// <param name="request">The request.</param>
    /// <param name="limit">How long the whole request may take.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="AbilityException">There is no answer that is text and has the status of a success.</exception>
    public async Task<FetchAnswer> SendAsync(FetchRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AbilityException($"{request.Url.Host} did not answer within {limit.TotalSeconds:0.#} seconds.");
        }
        catch (HttpRequestException exception)
        {
            throw new AbilityException(exception.InnerException is PrivateAddressException
                ? FaultText.Sentence($"{request.Url.Host} can't be called: {exception.InnerException.Message}")
                : $"{request.Url.Host} can't be reached.");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new AbilityException($"The answer of {request.Url.Host} broke off.");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<FetchAnswer> FollowAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        for (var redirects = 0; ; redirects++)
        {
            using var message = MessageOf(request, url);
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || request.Method is not ("GET" or "HEAD") || response.Headers.Location is not { } location)
                return await ReadAsync(response, url, cancellationToken);
            if (redirects == MaxRedirects)
                throw new AbilityException($"{request.Url.Host} redirects too often.");
            var next = new Uri(url, location);
            if (next.Scheme is not ("http" or "https"))
                throw new AbilityException($"{request.Url.Host} redirects to an address that can't be called.");
            if (request.Secrets.Count > 0 && !IsSameOrigin(url, next))
                throw new AbilityException($"{request.Url.Host} redirects to another server, which may not get the secret.");
            url = next;
        }
    }

    private static bool IsSameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority == other.Authority;

    private static HttpRequestMessage MessageOf(FetchRequest request, Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
                throw new AbilityException("The content type is malformed.");
            message.Content.Headers.ContentType = type;
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static async Task<FetchAnswer> ReadAsync(HttpResponseMessage response, Uri url, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new AbilityException($"Status code: {(int)response.StatusCode}");
        var type = response.Content.Headers.ContentType;
        if (type?.MediaType is { } media && !media.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !TextTypes.Any(known => media.EndsWith(known, StringComparison.OrdinalIgnoreCase)))
            throw new AbilityException($"The answer is not text, but {media}.");
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = await BoundedContent.ReadAsync(content, MaxBytes, cancellationToken)
            ?? throw new AbilityException($"The answer is larger than {MaxBytes} bytes.");
        var text = EncodingOf(type?.CharSet).GetString(bytes.Span);
        return new FetchAnswer((int)response.StatusCode, type?.MediaType ?? "", text, url);
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"', '\''));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}

/// <summary>The answer to a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The media type; empty when unknown.</param>
/// <param name="Text">The body.</param>
/// <param name="Url">The address of the answer, after redirects.</param>
internal sealed record FetchAnswer(int Status, string MediaType, string Text, Uri Url)
{
    public bool IsHtml => MediaType.EndsWith("html", StringComparison.OrdinalIgnoreCase)
        || (MediaType.Length == 0 && Text.AsSpan().TrimStart().StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase));

    public bool IsJson => MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
}
