using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatBotKit.EndToEnd.Tests;

namespace ChatBotKit.Faults.Backup;

/// <summary>The server in another process, with helpers that call it.</summary>
internal sealed class BackupServer : IAsyncDisposable
{
    public const string Secret = "sk-owner-secret-of-the-backups";

    private readonly ServerRun _run;
    private readonly HttpClient _http;

    private BackupServer(ServerRun run)
    {
        _run = run;
        _http = new HttpClient { BaseAddress = run.Address };
    }

    public Uri Address => _run.Address;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<BackupServer> StartAsync(string directory, Uri model) => new(await ServerRun.StartAsync(
        new Dictionary<string, string>
        {
            ["CHATBOTKIT_DATA_DIR"] = directory,
            ["CHATBOTKIT_API_SECRET"] = Secret,
            ["OPENAI_BASE_URL"] = model.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        },
        Token));

    public async Task<JsonElement> PostAsync(string path, HttpContent body, string credential = Secret) =>
        JsonElement.Parse(await SendAsync(HttpMethod.Post, path, body, credential));

    public Task<JsonElement> PostAsync(string path, string json, string credential = Secret) =>
        PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), credential);

    public async Task<JsonElement> GetAsync(string path, string credential = Secret) =>
        JsonElement.Parse(await SendAsync(HttpMethod.Get, path, body: null, credential));

    public Task<byte[]> DownloadAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, Secret);

    /// <summary>Returns the bytes of a run's log after the event with this number.</summary>
    public Task<byte[]> FollowAsync(KeptRun run, long after) =>
        SendAsync(HttpMethod.Get, $"conversation/{run.ConversationId}/run/{run.Id}/stream?after={after}", body: null, run.Token, "application/jsonl");

    /// <summary>Starts a run and reads it to its end.</summary>
    public async Task<string> CompleteAsync(string conversationId, string credential)
    {
        using var request = Request(HttpMethod.Post, $"conversation/{conversationId}/complete", credential);
        request.Content = new StringContent("""{"text":"Hello"}""", Encoding.UTF8, "application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jsonl"));
        using var answer = await _http.SendAsync(request, Token);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("X-Run-Id").Single();
    }

    /// <summary>Starts a run and disconnects after this token. Returns the numbered lines until then.</summary>
    public async Task<(KeptRun Run, IReadOnlyList<string> Lines)> CompleteUntilAsync(string token)
    {
        var conversation = (await PostAsync("conversation/create", "{}")).GetProperty("id").GetString()!;
        using var request = Request(HttpMethod.Post, $"conversation/{conversation}/complete", Secret);
        request.Content = new StringContent("""{"text":"Hello"}""", Encoding.UTF8, "application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jsonl"));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains("\"id\"", StringComparison.Ordinal))
                lines.Add(line);
            if (line.Contains($"\"token\":\"{token}\"", StringComparison.Ordinal))
                break;
        }

        return (new KeptRun(conversation, Secret, answer.Headers.GetValues("X-Run-Id").Single(), []), lines);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _run.DisposeAsync();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string credential)
    {
        var request = new HttpRequestMessage(method, new Uri($"/v1/{path}", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return request;
    }

    private async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? body, string credential, string? accept = null)
    {
        using var request = Request(method, path, credential);
        request.Content = body;
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var answer = await _http.SendAsync(request, Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        return bytes;
    }
}
