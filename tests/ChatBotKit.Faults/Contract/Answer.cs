using System.Text;

namespace ChatBotKit.Faults.Contract;

/// <summary>A response.</summary>
/// <param name="Status">The status; 0 when no response came in time.</param>
/// <param name="ContentType">The media type, without its parameters.</param>
/// <param name="IsOurs">Whether it came from the API, and not from the web server before it.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="Problem">The failure of the connection; null for none.</param>
internal sealed record Answer(int Status, string? ContentType, bool IsOurs, byte[] Body, string? Problem)
{
    /// <summary>Whether the connection ended before the response did.</summary>
    public bool IsCut { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>Sends requests exactly as they are.</summary>
internal sealed class FuzzClient(Uri server) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Expect100ContinueTimeout = TimeSpan.FromMilliseconds(50),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>
    /// Sends the request, and sends it again when the connection ends without a response. A server may close a connection whose
    /// last body it did not read, just when the next request uses it. A failure that the request itself causes occurs twice.
    /// </summary>
    public async Task<Answer> SendAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendOnceAsync(request, cancellationToken);
        return answer.IsCut ? await SendOnceAsync(request, cancellationToken) : answer;
    }

    private async Task<Answer> SendOnceAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var message = request.ToMessage(server);
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            // A subscription ends only when its reader has read enough.
            var isEndless = request.Operation.Id is "subscribeChannelMessages" or "subscribeTaskWorkflowEvents" or "subscribeEventLogs" && response.IsSuccessStatusCode;
            var body = isEndless ? await ListenAsync(response, limit.Token) : await response.Content.ReadAsByteArrayAsync(limit.Token);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Contains("X-Request-Id"), body, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(0, null, false, [], $"no whole answer within {Limit.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return new(0, null, false, [], exception.ToString()) { IsCut = true };
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> ListenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var heard = new MemoryStream();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Listening);
        try
        {
            await (await response.Content.ReadAsStreamAsync(cancellationToken)).CopyToAsync(heard, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The reader has read enough.
        }

        return heard.ToArray();
    }
}
