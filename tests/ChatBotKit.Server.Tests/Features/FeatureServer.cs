using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A server for one test, with helpers that call its routes as the owner, as another account and as a session.</summary>
internal sealed class FeatureServer : IAsyncDisposable
{
    private FeatureServer(ServerFactory server)
    {
        Server = server;
        Owner = server.Client();
    }

    public ServerFactory Server { get; }

    public HttpClient Owner { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FeatureServer> StartAsync(
        TimeProvider? time = null, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplication>? map = null) =>
        new(await ServerFactory.StartAsync(map, time, settings));

    public T Service<T>()
        where T : notnull => Server.App.Services.GetRequiredService<T>();

    /// <summary>Creates a client of another account.</summary>
    public async Task<HttpClient> StrangerAsync()
    {
        var account = await Server.AddAccountAsync();
        return Server.Client(await Server.CreateApiTokenAsync(account.Id));
    }

    /// <summary>Creates a client with a session token of the conversation.</summary>
    public async Task<HttpClient> SessionAsync(string conversationId)
    {
        var answer = await PostAsync($"conversation/{conversationId}/session/create", "{}");
        return Server.Client(answer.GetProperty("token").GetString());
    }

    public async Task<string> CreateConversationAsync(string body = "{}") => ApiJson.Id(await PostAsync("conversation/create", body));

    public async Task<string> CreateMessageAsync(string conversationId, string text, string type = "user", string? meta = null) =>
        ApiJson.Id(await PostAsync(
            $"conversation/{conversationId}/message/create",
            $$"""{"type":"{{type}}","text":"{{text}}","meta":{{meta ?? "null"}}}"""));

    public Task<JsonElement> GetAsync(string path) => Owner.ReadAsync(HttpMethod.Get, path);

    public Task<JsonElement> PostAsync(string path, string body) => Owner.ReadAsync(HttpMethod.Post, path, body);

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Server.DisposeAsync();
    }
}
