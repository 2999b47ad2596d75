using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Features.Digests;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Integrations that send the data that they extract.</summary>
public sealed class ExtractRequestTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Method, string Path, Dictionary<string, string> Headers, string Body)> _received = new();
    private readonly ConcurrentQueue<int> _statuses = new();
    private LocalWebServer _receiver = null!;
    private EngineServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await LocalWebServer.StartAsync(app => app.Map("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _received.Enqueue((context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync(Token)));
            return Results.StatusCode(_statuses.TryDequeue(out var status) ? status : 200);
        }));
        _server = await EngineServer.StartAsync(more: [("CHATBOTKIT_ALLOW_PRIVATE_URLS", "true")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Data_IsSentWithTheConversation_AndSigned()
    {
        var (extract, talk) = await ExtractAsync($"{_receiver.Url}/leads");

        var one = Assert.Single(await EventsAsync(extract, "integration.extract.request"));

        Assert.Equal(talk, one.Text("conversationId"));
        var (method, path, headers, body) = Assert.Single(_received);
        Assert.Equal(("POST", "/leads", "application/json"), (method, path, headers["Content-Type"]));
        Assert.Equal("""{"data":{"mood":"good"},"conversation":{"messages":[{"type":"user","text":"I am happy"},{"type":"bot","text":"Fine"}]}}""", body);
        Assert.Equal(
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(extract), Encoding.UTF8.GetBytes(body)))}",
            headers["x-hub-signature"]);
    }

    [Fact]
    public async Task BusyReceiver_IsAskedAgain_WithTheSameKey()
    {
        _statuses.Enqueue(503);

        var (extract, _) = await ExtractAsync($"PUT {_receiver.Url}/leads\nX-Team: flowers\nHost: elsewhere.example");

        Assert.Single(await EventsAsync(extract, "integration.extract.request"));
        Assert.Equal(["PUT", "PUT"], _received.Select(one => one.Method));
        Assert.Equal("flowers", _received.First().Headers["X-Team"]);
        Assert.Single(_received.Select(one => one.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(_received.Select(one => one.Body).Distinct());
    }

    [Theory]
    [InlineData(400, "/leads", """{"status":400}""")]
    [InlineData(302, "/leads", """{"status":302}""")]
    [InlineData(200, " is no address", """{"reason":"The request of the integration is malformed."}""")]
    public async Task Refusal_IsAnEvent_AndIsNotRepeated(int status, string path, string meta)
    {
        _statuses.Enqueue(status);

        var (extract, _) = await ExtractAsync($"{_receiver.Url}{path}");

        var one = Assert.Single(await EventsAsync(extract, "integration.extract.request.error"));
        Assert.Equal(meta, one.GetProperty("meta").GetRawText());
        Assert.Single((await _server.Http.ReadAsync(HttpMethod.Get, $"integration/extract/{extract}/item/list")).Items());
    }

    [Theory]
    [InlineData("https://a.example/x", false, true)]
    [InlineData("POST https://a.example/x HTTP/1.1\r\nA: b\r\n\r\n{}", false, true)]
    [InlineData("http://a.example/x", false, false)]
    [InlineData("http://a.example/x", true, true)]
    [InlineData("GET https://a.example/x", false, false)]
    [InlineData("https://user:secret@a.example/x", false, false)]
    [InlineData("POST https://a.example/x\nno header", false, false)]
    [InlineData("file:///etc/passwd", true, false)]
    [InlineData("nonsense", true, false)]
    public void Setting_IsAnAddressOrARequest(string setting, bool allowsHttp, bool isRead) =>
        Assert.Equal(isRead, ExtractRequest.TryRead(setting, allowsHttp, out _));

    /// <summary>Lets an integration extract data from a conversation.</summary>
    private async Task<(string Extract, string Conversation)> ExtractAsync(string request)
    {
        var extract = (await PostAsync("integration/extract/create", new { model = "scripted", request })).Id();
        var talk = (await PostAsync("conversation/create", new { })).Id();
        await PostAsync($"conversation/{talk}/message/create", new { type = "user", text = "I am happy" });
        await PostAsync($"conversation/{talk}/message/create", new { type = "bot", text = "Fine" });
        _server.Model.Answer(script => script.Text("""{"mood":"good"}"""));
        await PostAsync($"integration/extract/{extract}/trigger", new { conversationIds = new[] { talk } });
        return (extract, talk);
    }

    private Task<JsonElement> PostAsync(string path, object body) => _server.Http.ReadAsync(HttpMethod.Post, path, body);

    private async Task<List<JsonElement>> EventsAsync(string extract, string type)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (true)
        {
            List<JsonElement> found = [.. (await _server.Http.ReadAsync(HttpMethod.Get, $"event/log/list?extractIntegrationId={extract}&type={type}")).Items()];
            if (found.Count > 0)
                return found;
            await Task.Delay(20, limit.Token);
        }
    }
}
