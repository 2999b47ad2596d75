using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>The nginx configuration of <c>docs/deploy.md</c>, with a real nginx in front of a real server.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private const int LargestFile = 20 * 1024 * 1024;

    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private Nginx _nginx = null!;
    private Uri _public = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Nginx.Program is null, "nginx is not installed.");
        _model = await ScriptedModelServer.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("application/jsonl", "1.1")]
    [InlineData("text/event-stream", "1.1")]
    [InlineData("text/event-stream", "2.0")]
    public async Task Stream_ComesAsTheModelSaysIt(string accept, string version)
    {
        await StartAsync();
        using var client = _nginx.Client(ServerFactory.OwnerSecret, Version.Parse(version));
        var conversation = await _server.AddConversationAsync();
        var goOn = new TaskCompletionSource();
        _model.Answer(script => script.Text("one ").WaitFor(goOn.Task).Text("two"));
        using var request = Request(HttpMethod.Post, $"/v1/conversation/{conversation}/complete", new { text = "Count" });
        request.Headers.Add("Accept", accept);

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        // The model continues only after the first word has arrived.
        await ReadUntilAsync(reader, "one ");
        goOn.SetResult();
        await ReadUntilAsync(reader, "two");
        var rest = await reader.ReadToEndAsync(Token);
        Assert.Contains("result", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventSource_ThatHasEverything_IsToldToStop()
    {
        await StartAsync();
        using var client = _nginx.Client(ServerFactory.OwnerSecret);
        var conversation = await _server.AddConversationAsync();
        _model.Answer(script => script.Text("Hi."));
        using var request = Request(HttpMethod.Post, $"/v1/conversation/{conversation}/complete", new { text = "Hello" });
        request.Headers.Add("Accept", "text/event-stream");
        using var answer = await client.SendAsync(request, Token);
        var last = (await answer.Content.ReadAsStringAsync(Token)).Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
        using var again = Request(HttpMethod.Get, $"/v1/conversation/{conversation}/run/{answer.Headers.GetValues("X-Run-Id").Single()}/stream");
        again.Headers.Add("Accept", "text/event-stream");
        again.Headers.Add("Last-Event-ID", last);

        using var end = await client.SendAsync(again, Token);

        Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
    }

    [Theory]
    [InlineData("https://chat.example", "/")]
    [InlineData("https://shop.example/bots", "/bots/")]
    public async Task File_OfTheLargestSize_GoesBothWaysByPresignedAddresses(string publicUrl, string location)
    {
        await StartAsync(publicUrl, location);
        using var client = _nginx.Client(ServerFactory.OwnerSecret);
        var bytes = RandomNumberGenerator.GetBytes(LargestFile);
        var conversation = await _server.AddConversationAsync();
        var announced = await PostAsync(
            client, $"/v1/conversation/{conversation}/attachment/upload", new { file = new { type = "video/mp4", size = bytes.Length, name = "a.mp4" } });
        using var nobody = _nginx.Client("none");
        nobody.DefaultRequestHeaders.Authorization = null;

        var (put, get) = (UrlOf(announced, "uploadRequest"), UrlOf(announced, "downloadRequest"));
        using var stored = await nobody.PutAsync(put, new ByteArrayContent(bytes) { Headers = { ContentType = new("video/mp4") } }, Token);

        Assert.StartsWith($"{publicUrl}/api/v1/", put.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(bytes, await nobody.GetByteArrayAsync(get, Token));
    }

    [Fact]
    public async Task File_OfTheLargestSize_FitsIntoAJsonBody()
    {
        await StartAsync();
        using var client = _nginx.Client(ServerFactory.OwnerSecret);
        var conversation = await _server.AddConversationAsync();

        var answer = await PostAsync(client, $"/v1/conversation/{conversation}/attachment/upload", new
        {
            file = "data:video/mp4;base64," + Convert.ToBase64String(new byte[LargestFile]),
        });

        Assert.Equal(LargestFile, (await client.GetByteArrayAsync(UrlOf(answer, "downloadRequest"), Token)).Length);
    }

    [Theory]
    [InlineData("https://chat.example", "/")]
    [InlineData("https://shop.example/bots", "/bots/")]
    public async Task Path_AndErrors_ComeThroughAsTheyAre(string publicUrl, string location)
    {
        await StartAsync(publicUrl, location);
        using var client = _nginx.Client(ServerFactory.OwnerSecret);

        using var slash = await client.SendAsync(Request(HttpMethod.Get, "/v1/conversation/a%2Fb/fetch"), Token);
        using var page = await client.SendAsync(Request(HttpMethod.Get, "/"), Token);
        using var unserved = await client.SendAsync(Request(HttpMethod.Get, "/v1/magic/list"), Token);

        Assert.Contains("Conversation not found", await slash.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains($"\"{publicUrl}/api/v1\"", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("NOT_SERVED", await unserved.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Audit_KeepsTheVisitorsAddress_WhateverTheVisitorSays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux all of 127.0.0.0/8 is this machine.");
        await StartAsync();
        using var client = _nginx.Client(ServerFactory.OwnerSecret, from: IPAddress.Parse("127.1.2.3"));
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        var conversation = await _server.AddConversationAsync();

        await PostAsync(client, $"/v1/conversation/{conversation}/session/create", new { });

        var addresses = (await _server.Store.ListAsync(AuditTable.Rows)).Select(row => row.Address).ToList();
        Assert.Contains("127.1.2.0/24", addresses);
        Assert.DoesNotContain("203.0.113.0/24", addresses);
    }

    private async Task StartAsync(string publicUrl = "https://chat.example", string location = "/")
    {
        _public = new Uri(publicUrl);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.ToString(),
            ["OPENAI_MODELS"] = "scripted",
            ["CHATBOTKIT_MODEL_FALLBACK"] = "openai",
            ["CHATBOTKIT_PUBLIC_URL"] = publicUrl,
            ["CHATBOTKIT_TRUSTED_PROXIES"] = "127.0.0.1",
        });
        var site = DeployGuide.Block("nginx")
            .With("server 127.0.0.1:8080;", $"server {_server.Address.Authority};")
            .With("location / {", $"location {location} {{")
            .With("server_name chat.example;", $"server_name {_public.Host};");
        _nginx = await Nginx.StartAsync(site, _public.Host);
    }

    private HttpRequestMessage Request(HttpMethod verb, string path, object? body = null) =>
        new(verb, new Uri(_public.AbsoluteUri.TrimEnd('/') + path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };

    private async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var request = Request(HttpMethod.Post, path, body);
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    private static Uri UrlOf(JsonElement answer, string name) => new(answer.GetProperty(name).GetProperty("url").GetString()!);

    private static async Task ReadUntilAsync(StreamReader reader, string word)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var read = new StringBuilder();
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            read.AppendLine(line);
            if (line.Contains($"\"{word}\"", StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The stream ended without \"{word}\":\n{read}");
    }
}
