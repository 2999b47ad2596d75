using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// Calls the API without the SDK: received lines are compared byte for byte, and no request may be retried automatically. A server
/// that has ended causes an <see cref="IOException"/> or an <see cref="HttpRequestException"/>.
/// </summary>
internal sealed class ApiConnection(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    /// <summary>Sends the request and reads the whole response.</summary>
    public async Task<JsonElement> PostAsync(ApiCall call)
    {
        using var request = Request(call, "application/json");
        using var response = await _client.SendAsync(request, Token);
        return JsonElement.Parse(await SucceededAsync(response));
    }

    public async Task<JsonElement> GetAsync(string path, string secret)
    {
        using var request = Request(path, secret, "application/json");
        using var response = await _client.SendAsync(request, Token);
        return JsonElement.Parse(await SucceededAsync(response));
    }

    public async Task<string> TextAsync(string path, string secret)
    {
        using var request = Request(path, secret, "*/*");
        using var response = await _client.SendAsync(request, Token);
        return await SucceededAsync(response);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string secret)
    {
        using var request = Request(path, secret, "application/json");
        using var response = await _client.SendAsync(request, Token);
        return response.StatusCode;
    }

    /// <summary>Starts a run or subscribes to a channel. The events are read from the returned stream.</summary>
    public async Task<EventStream> OpenAsync(ApiCall call)
    {
        using var request = Request(call, "application/jsonl");
        return await OpenAsync(request) ?? throw new UnexpectedAnswerException($"{call.Path} was not found");
    }

    /// <summary>Resumes a run after the given event; returns null when there is no such run.</summary>
    public async Task<EventStream?> FollowAsync(string conversationId, string runId, int after, string secret)
    {
        using var request = Request($"v1/conversation/{conversationId}/run/{runId}/stream?after={after}", secret, "application/jsonl");
        return await OpenAsync(request);
    }

    /// <summary>Returns every item of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, string secret)
    {
        var items = new List<JsonElement>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var cursor = ""; ;)
        {
            var page = await GetAsync($"{path}{separator}order=asc&take=100{cursor}", secret);
            var before = items.Count;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (items.Count - before < 100)
                return items;
            cursor = $"&cursor={items[^1].GetProperty("id").GetString()}";
        }
    }

    private async Task<EventStream?> OpenAsync(HttpRequestMessage request)
    {
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            response.Dispose();
            return null;
        }
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                await SucceededAsync(response);
        }
        return new EventStream(response, await response.Content.ReadAsStreamAsync(Token));
    }

    private static async Task<string> SucceededAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Token);
        return response.IsSuccessStatusCode
            ? body
            : throw new UnexpectedAnswerException($"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {body}");
    }

    private static HttpRequestMessage Request(ApiCall call, string accept)
    {
        var request = Request(call.Path, call.Secret, accept);
        request.Method = HttpMethod.Post;
        request.Content = new StringContent(call.Body, Encoding.UTF8, "application/json");
        if (call.Key is not null)
            request.Headers.Add("Idempotency-Key", call.Key);
        return request;
    }

    private static HttpRequestMessage Request(string path, string secret, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return request;
    }
}
