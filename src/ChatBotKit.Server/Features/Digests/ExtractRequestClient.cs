using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>
/// Sends extracted data to addresses that owners choose, which must be on the public internet unless the settings allow others. Redirects are
/// not followed, and the answer is not read.
/// </summary>
internal sealed class ExtractRequestClient(GuardedHttp guard, UploadOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = HttpHandlers.CreateClient(guard.CreateHandler());

    /// <summary>Whether an address may begin with http://, which is for development: only where private addresses are allowed too.</summary>
    public bool AllowsHttp => options.AllowPrivateUrls;

    /// <summary>Sends the message.</summary>
    /// <returns>The status of the answer; null when there is none in time.</returns>
    public async Task<int?> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();
}
