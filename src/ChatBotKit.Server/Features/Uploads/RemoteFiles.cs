using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Fetches files from addresses that callers give.</summary>
internal sealed class RemoteFiles : IDisposable
{
    private const int MaxRedirects = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ReceivedFiles _files;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public RemoteFiles(ReceivedFiles files, GuardedHttp guard, TimeProvider time)
    {
        _files = files;
        _time = time;
        _client = HttpHandlers.CreateClient(CreateHandler(guard));
    }

    /// <exception cref="ApiException">400: the file can't be fetched; 413: the file is too large.</exception>
    public async Task<RemoteFile> FetchAsync(Uri url, UploadLimit fileLimit, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw Unreachable($"the answer was {(int)response.StatusCode}");
            if (response.Content.Headers.ContentLength > fileLimit.MaxBytes)
                throw fileLimit.Exceeded();
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            var file = await _files.ReceiveAsync(content, fileLimit, either.Token);
            return new RemoteFile(file, response.Content.Headers.ContentType?.MediaType, Path.GetFileName(url.LocalPath));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw Unreachable($"it took longer than {Limit.TotalSeconds} seconds");
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception.InnerException is PrivateAddressException ? exception.InnerException.Message : "no answer came");
        }
        catch (HttpIOException)
        {
            throw Unreachable("the answer broke off");
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler(GuardedHttp guard)
    {
        var handler = guard.CreateHandler();
        // Redirects are followed, because files move; each new address is checked like the first.
        handler.AllowAutoRedirect = true;
        handler.MaxAutomaticRedirections = MaxRedirects;
        return handler;
    }

    private static ApiException Unreachable(string reason) => ApiException.BadRequest($"\"file\" can't be fetched: {reason}");
}

/// <summary>A fetched file, with the type and name from the response.</summary>
internal sealed record RemoteFile(ReceivedFile File, string? ContentType, string? Name);
