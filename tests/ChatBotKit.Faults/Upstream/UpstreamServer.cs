using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Upstream;

/// <summary>A server in this process with the given model endpoint.</summary>
internal sealed class UpstreamServer : IAsyncDisposable
{
    /// <summary>Reached only by a failing test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string Secret = "sk-owner-of-the-upstream-tests";

    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly HttpClient _http;

    private UpstreamServer(WebApplication app, string directory, LogLines log)
    {
        (_app, _directory, Log) = (app, directory, log);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
    }

    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="model">The endpoint.</param>
    /// <param name="limit">The limit of silence; a run may take three times as long. Null for the default limits.</param>
    public static async Task<UpstreamServer> StartAsync(Uri model, TimeSpan? limit = null)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var log = new LogLines();
        List<string> args =
        [
            "--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={directory}", $"--CHATBOTKIT_API_SECRET={Secret}",
            $"--OPENAI_BASE_URL={model}", $"--OPENAI_API_KEY={UpstreamFaults.Key}", "--OPENAI_MODELS=faulty",
            "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        ];
        if (limit is { } seconds)
            args.AddRange([FormattableString.Invariant($"--OPENAI_FIRST_BYTE_SECONDS={seconds.TotalSeconds}"), FormattableString.Invariant($"--OPENAI_SILENCE_SECONDS={seconds.TotalSeconds}")]);
        var app = await ChatBotKitServer.StartAsync(
            [.. args],
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                if (limit is { } short_)
                    builder.Services.AddSingleton(new EngineOptions { RunLimit = short_ * 3 });
            },
            cancellationToken: Token);
        return new UpstreamServer(app, directory, log);
    }

    public async Task<string> AddConversationAsync() =>
        (await ReadAsync("/v1/conversation/create", "{}")).GetProperty("id").GetString()!;

    /// <summary>Returns the types and texts of the stored messages.</summary>
    public async Task<IReadOnlyList<(string Type, string Text)>> MessagesAsync(string conversationId)
    {
        using var response = await _http.GetAsync($"/v1/conversation/{conversationId}/message/list", Token);
        var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        return [.. list.GetProperty("items").EnumerateArray().Select(item =>
            (item.GetProperty("type").GetString()!, item.GetProperty("text").GetString()!))];
    }

    /// <summary>Returns a plain JSON answer, which must be successful.</summary>
    public async Task<JsonElement> ReadAsync(string path, string json)
    {
        using var response = await PostAsync(path, json);
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public Task<HttpResponseMessage> PostAsync(
        string path, string json, string? accept = null, string? credential = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
