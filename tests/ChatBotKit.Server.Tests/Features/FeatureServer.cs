using System.Net;
using System.Net.Http.Headers;
using System.Text;
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

    public async Task<string> CreateConversationAsync(string body = "{}") => Id(await PostAsync("conversation/create", body));

    public async Task<string> CreateMessageAsync(string conversationId, string text, string type = "user", string? meta = null) =>
        Id(await PostAsync(
            $"conversation/{conversationId}/message/create",
            $$"""{"type":"{{type}}","text":"{{text}}","meta":{{meta ?? "null"}}}"""));

    public Task<JsonElement> GetAsync(string path) => Owner.ReadAsync(HttpMethod.Get, path);

    public Task<JsonElement> PostAsync(string path, string body) => Owner.ReadAsync(HttpMethod.Post, path, body);

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Server.DisposeAsync();
    }

    public static string Id(JsonElement answer) => answer.GetProperty("id").GetString()!;
}

internal static class FeatureClient
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? body = null, string? accept = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, new Uri($"/api/v1/{path}", UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }

    /// <summary>Returns the JSON of a response, which must be 200.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpClient client, HttpMethod method, string path, string? body = null, string? key = null)
    {
        using var response = await client.SendAsync(method, path, body, key: key);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>Returns the body of a response, which must be 200.</summary>
    public static async Task<string> ReadTextAsync(this HttpClient client, string path, string accept)
    {
        using var response = await client.SendAsync(HttpMethod.Get, path, accept: accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Returns the message of a response, which must have this status.</summary>
    public static async Task<string> FailAsync(
        this HttpClient client, HttpStatusCode status, HttpMethod method, string path, string? body = null)
    {
        using var response = await client.SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text).GetProperty("message").GetString()!;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement list) => list.GetProperty("items").EnumerateArray();

    public static IReadOnlyList<string> Ids(this JsonElement list) => [.. list.Items().Select(FeatureServer.Id)];

    public static string? Text(this JsonElement value, string name) => value.GetProperty(name).GetString();
}
