using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Requests of the server identify it, and never go to another server than intended.</summary>
public sealed class OutgoingHttpTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string UserAgent, string Cookie)> _requests = [];
    private WebApplication _other = null!;
    private ServerFactory _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _other = builder.Build();
        _other.Run(context =>
        {
            _requests.Enqueue((context.Request.Path, context.Request.Headers.UserAgent.ToString(), context.Request.Headers.Cookie.ToString()));
            context.Response.Headers.SetCookie = "a=b; path=/";
            if (context.Request.Path.StartsWithSegments("/v1/chat"))
                context.Response.Redirect("/stolen", permanent: false, preserveMethod: true);
            return context.Response.WriteAsync("file");
        });
        await _other.StartAsync(Token);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = $"{_other.Urls.Single()}/v1",
            ["OPENAI_API_KEY"] = "key-of-the-outgoing-tests",
            ["OPENAI_MODELS"] = "m",
            ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Calls_OfModelSpeechAndFiles_NameTheServer_AndFollowNobody()
    {
        var id = await _server.AddConversationAsync();
        using var client = _server.Client();
        var message = await client.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/create", """{"type":"bot","text":"hi"}""");

        using var complete = await client.SendAsync(HttpMethod.Post, $"conversation/{id}/complete", """{"text":"hi"}""");
        using var speech = await client.SendAsync(HttpMethod.Post, $"conversation/{id}/message/{ApiJson.Id(message)}/synthesize", "{}");
        using var upload = await client.SendAsync(
            HttpMethod.Post, $"conversation/{id}/attachment/upload", new { file = $"{_other.Urls.Single()}/file.txt" });

        string[] asked = [.. _requests.Select(request => request.Path).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["/file.txt", "/v1/audio/speech", "/v1/chat/completions"], asked);
        Assert.All(_requests, request =>
        {
            Assert.Matches(@"^ChatBotKit\.Server/\d+\.\d+\.\d+$", request.UserAgent);
            Assert.Empty(request.Cookie);
        });
    }
}
