using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>Converts text to speech with the OpenAI-compatible endpoint.</summary>
/// <param name="options">The endpoint; null when none is configured.</param>
internal sealed class SpeechClient(OpenAiOptions? options) : IDisposable
{
    private const string Model = "tts-1";
    private const string Voice = "alloy";

    private static readonly TimeSpan HeadLimit = TimeSpan.FromSeconds(60);

    private readonly Lazy<HttpClient> _client = new(() => OpenAiConnection.Create());

    /// <exception cref="ApiException">501: no endpoint is configured; 502: the endpoint did not respond with audio.</exception>
    public async Task<HttpResponseMessage> SpeakAsync(string text, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options is null)
        {
            throw new ApiException(
                ErrorCode.NotImplemented, "This server has no speech endpoint: set OPENAI_API_KEY or OPENAI_BASE_URL to have messages read aloud");
        }

        using var limit = new CancellationTokenSource(HeadLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await _client.Value.SendAsync(Request(options, text), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode)
                return response;
            var status = (int)response.StatusCode;
            response.Dispose();
            throw Failed($"answered {status}");
        }
        catch (HttpRequestException)
        {
            throw Failed("can't be reached");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw Failed("does not answer");
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static HttpRequestMessage Request(OpenAiOptions options, string text)
    {
        var body = new JsonObject { ["model"] = Model, ["voice"] = Voice, ["input"] = text, ["response_format"] = "mp3" };
        var request = new HttpRequestMessage(HttpMethod.Post, options.UrlOf("audio/speech"))
        {
            Content = new StringContent(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json")),
        };
        options.Authorize(request);
        return request;
    }

    private static ApiException Failed(string how) => new(ErrorCode.BadGateway, $"The speech endpoint {how}");
}
