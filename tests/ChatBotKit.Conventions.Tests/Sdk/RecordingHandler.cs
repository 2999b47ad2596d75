using System.Net;
using ChatBotKit.Testing;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Records the first request and refuses it, so that no further request follows.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    private SentRequest? _first;

    /// <summary>Returns the request that was recorded since the last call; null for none.</summary>
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
