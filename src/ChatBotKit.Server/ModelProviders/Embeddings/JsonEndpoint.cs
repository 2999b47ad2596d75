using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>Posts JSON to a route of an endpoint. Messages about failures name its host, and hold nothing that was sent or answered.</summary>
/// <param name="name">The name for messages, such as <c>embedding model</c>.</param>
/// <param name="options">The address and key.</param>
/// <param name="route">The route.</param>
/// <param name="http">The client.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonEndpoint(string name, OpenAiOptions options, string route, HttpClient http, TimeProvider time)
{
    /// <summary>How long a request may take, whatever its caller allows.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>The maximum number of bytes of an answer. 64 vectors of 4,096 numbers have about 6 MB.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue JsonMediaType = new("application/json");

    private readonly Uri _url = options.UrlOf(route);

    /// <exception cref="EmbeddingException">The endpoint can't be reached, is late, or refuses the request.</exception>
    public async Task<JsonDocument> PostAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _url)
            {
                Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = JsonMediaType } },
            };
            options.Authorize(request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw Refused(response);
            await using var answer = await BodyEncoding.OpenAsync(response.Content, either.Token);
            return JsonDocument.Parse(
                await BoundedContent.ReadAsync(answer, MaxAnswerBytes, either.Token) ?? throw Failed($"sent more than {MaxAnswerBytes} bytes"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failed("can't be reached, or broke off", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Failed("sent an answer that can't be understood", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"did not answer within {Limit.TotalSeconds} seconds");
        }
    }

    /// <summary>Creates the exception for a failure.</summary>
    /// <param name="how">How the endpoint failed, such as <c>sent no vectors</c>.</param>
    /// <param name="inner">The cause.</param>
    public EmbeddingException Failed(string how, Exception? inner = null) => new($"The {name} at {_url.Host} {how}", inner);

    private EmbeddingException Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var how = status switch
        {
            401 or 403 => $"refused the key (status {status})",
            404 => "does not know this model or address (status 404)",
            429 => "limits the requests of this server (status 429)",
            _ => $"answered with status {status}",
        };
        return new($"The {name} at {_url.Host} {how}")
        {
            IsOfTexts = status is 400 or 413 or 422,
            RetryAfter = response.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - time.GetUtcNow() : null,
        };
    }
}
