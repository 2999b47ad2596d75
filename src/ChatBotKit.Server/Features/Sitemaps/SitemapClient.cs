using System.Text;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.Features.Sitemaps;

/// <summary>The answer of a site.</summary>
/// <param name="Url">The address after redirects.</param>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The type without parameters; null when the site named none.</param>
/// <param name="Text">The content.</param>
internal sealed record SitemapAnswer(Uri Url, int Status, string? ContentType, string Text);

/// <summary>Fetches pages of sites, which must be on the public internet unless the settings allow others.</summary>
internal sealed class SitemapClient : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public SitemapClient(GuardedHttp guard, TimeProvider time)
    {
        _time = time;
        var handler = guard.CreateHandler();
        handler.AllowAutoRedirect = true;
        handler.MaxAutomaticRedirections = MaxRedirects;
        _client = HttpHandlers.CreateClient(handler);
    }

    /// <summary>Fetches a page; null when it can't be reached, is too large or takes too long.</summary>
    public async Task<SitemapAnswer?> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var type = response.Content.Headers.ContentType;
            if (!response.IsSuccessStatusCode)
                return new SitemapAnswer(url, (int)response.StatusCode, type?.MediaType, "");
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            return await BoundedContent.ReadAsync(content, MaxBytes, either.Token) is { } bytes
                ? new SitemapAnswer(response.RequestMessage?.RequestUri ?? url, (int)response.StatusCode, type?.MediaType, EncodingOf(type?.CharSet).GetString(bytes.Span))
                : null;
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

    private static Encoding EncodingOf(string? name)
    {
        try
        {
            return name is null ? Encoding.UTF8 : Encoding.GetEncoding(name.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
