using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Upstream;

namespace ChatBotKit.Faults.Load;

/// <summary>The published server in another process, with a model in this one, and the requests of a load.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private const string Secret = "sk-owner-of-the-load-tests";

    private readonly ServerRun _server;
    private readonly string _directory;
    private readonly HttpClient _http;

    private LoadServer(ServerRun server, string directory, FaultyUpstream model)
    {
        (_server, _directory, Model) = (server, directory, model);
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };
        Meter = new ServerMeter(server.ProcessId);
    }

    public FaultyUpstream Model { get; }

    public ServerMeter Meter { get; }

    public static async Task<LoadServer> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var model = new FaultyUpstream();
        var settings = new Dictionary<string, string>(await StoreSettings.OfAsync(directory))
        {
            ["CHATBOTKIT_API_SECRET"] = Secret,
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "paced",
            ["CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE"] = "0",
            ["CHATBOTKIT_SESSION_STREAMS"] = "0",
            ["CHATBOTKIT_SESSION_MESSAGES"] = "0",
        };
        return new LoadServer(await ServerRun.StartAsync(settings, cancellationToken), directory, model);
    }

    public async Task<string> CreateConversationAsync(CancellationToken cancellationToken) =>
        (await AnswerAsync("/v1/conversation/create", "{}", cancellationToken)).GetProperty("id").GetString()!;

    /// <summary>Creates a session and returns its token.</summary>
    public async Task<string> CreateSessionAsync(string conversationId, CancellationToken cancellationToken) =>
        (await AnswerAsync($"/v1/conversation/{conversationId}/session/create", "{}", cancellationToken)).GetProperty("token").GetString()!;

    public Task DeleteConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        AnswerAsync($"/v1/conversation/{conversationId}/delete", "{}", cancellationToken);

    /// <summary>Starts a run and reads its stream to the end.</summary>
    public async Task<StreamedRun> CompleteAsync(
        string conversationId, string text, bool numbered, CancellationToken cancellationToken, string? token = null)
    {
        using var request = Request($"/v1/conversation/{conversationId}/complete", $$"""{"text":"{{text}}"}""", token ?? Secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jsonl"));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        var run = new StreamedRun();
        await run.ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), numbered, cancellationToken);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Meter.Dispose();
        await _server.DisposeAsync();
        await Model.DisposeAsync();
        await StoreSettings.DeleteAsync(_directory);
    }

    private async Task<JsonElement> AnswerAsync(string path, string json, CancellationToken cancellationToken)
    {
        using var request = Request(path, json, Secret);
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {response.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static HttpRequestMessage Request(string path, string json, string credential)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return request;
    }
}
