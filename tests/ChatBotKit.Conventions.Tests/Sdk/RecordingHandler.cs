using System.Net;
using ChatBotKit.Testing;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Keeps the first request and refuses it, so that nothing is read from an answer and nothing follows.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    private SentRequest? _first;

    /// <summary>Gives what was sent since the last time.</summary>
    public SentRequest? Take() => Interlocked.Exchange(ref _first, null);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _first ??= await SentRequest.OfAsync(request, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.UnprocessableEntity)
        {
            Content = new StringContent("""{"message":"Only recorded.","code":"UNPROCESSABLE_ENTITY"}"""),
        };
    }
}
