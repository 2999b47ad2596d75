using System.Text.Json;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Tests;

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
        _http = ServerFactory.ClientOf(run.Address, Secret);
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

    public async Task<JsonElement> PostAsync(string path, object body, string credential = Secret)
    {
        using var answer = await _http.SendAsync(HttpMethod.Post, path, body, token: credential);
        return await answer.ReadAsync();
    }

    public async Task<JsonElement> GetAsync(string path, string credential = Secret)
    {
        using var answer = await _http.SendAsync(HttpMethod.Get, path, token: credential);
        return await answer.ReadAsync();
    }

    public Task<byte[]> DownloadAsync(string path) => _http.ReadBytesAsync(path);

    /// <summary>The lines of a run's log behind the event of this number.</summary>
    public async Task<byte[]> FollowAsync(KeptRun run, long after)
    {
        using var answer = await _http.SendAsync(
            HttpMethod.Get, $"conversation/{run.ConversationId}/run/{run.Id}/stream?after={after}", accept: "application/jsonl", token: run.Token);
        await answer.AssertOkAsync();
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }

    /// <summary>Starts a run and reads it to its end.</summary>
    public async Task<string> CompleteAsync(string conversationId, string credential)
    {
        using var answer = await _http.SendAsync(
            HttpMethod.Post, $"conversation/{conversationId}/complete", """{"text":"Hello"}""", accept: "application/jsonl", token: credential);
        await answer.AssertOkAsync();
        return answer.Header("X-Run-Id")!;
    }

    /// <summary>Starts a run and disconnects after this token. Returns the numbered lines until then.</summary>
    public async Task<(KeptRun Run, IReadOnlyList<string> Lines)> CompleteUntilAsync(string token)
    {
        var conversation = ApiJson.Id(await PostAsync("conversation/create", "{}"));
        using var answer = await _http.OpenAsync(HttpMethod.Post, $"conversation/{conversation}/complete", """{"text":"Hello"}""");
        await answer.AssertOkAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var lines = new List<string>();
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains("\"id\"", StringComparison.Ordinal))
                lines.Add(line);
            if (line.Contains($"\"token\":\"{token}\"", StringComparison.Ordinal))
                break;
        }

        return (new KeptRun(conversation, Secret, answer.Header("X-Run-Id")!, []), lines);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _run.DisposeAsync();
    }
}
