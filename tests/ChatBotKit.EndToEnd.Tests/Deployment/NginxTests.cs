using System.Net;
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

        using var answer = await client.OpenAsync(HttpMethod.Post, Public($"/v1/conversation/{conversation}/complete"), new { text = "Count" }, accept);

        await answer.AssertOkAsync();
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
        using var answer = await client.SendAsync(
            HttpMethod.Post, Public($"/v1/conversation/{conversation}/complete"), new { text = "Hello" }, accept: "text/event-stream");
        var last = (await answer.ReadTextAsync()).Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];

        using var end = await client.SendAsync(
            HttpMethod.Get, Public($"/v1/conversation/{conversation}/run/{answer.Header("X-Run-Id")}/stream"), accept: "text/event-stream",
            headers: ("Last-Event-ID", last));

        Assert.Equal("204", await end.CodeAsync());
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
        var announced = await client.ReadAsync(
            HttpMethod.Post, Public($"/v1/conversation/{conversation}/attachment/upload"), new { file = new { type = "video/mp4", size = bytes.Length, name = "a.mp4" } });
        using var nobody = _nginx.Client("none");
        nobody.DefaultRequestHeaders.Authorization = null;

        var (put, get) = (UrlOf(announced, "uploadRequest"), UrlOf(announced, "downloadRequest"));
        await nobody.ReadAsync(HttpMethod.Put, put, new ByteArrayContent(bytes) { Headers = { ContentType = new("video/mp4") } });

        Assert.StartsWith($"{publicUrl}/api/v1/", put, StringComparison.Ordinal);
        Assert.Equal(bytes, await nobody.ReadBytesAsync(get));
    }

    [Fact]
    public async Task File_OfTheLargestSize_FitsIntoAJsonBody()
    {
        await StartAsync();
        using var client = _nginx.Client(ServerFactory.OwnerSecret);
        var conversation = await _server.AddConversationAsync();

        var answer = await client.ReadAsync(HttpMethod.Post, Public($"/v1/conversation/{conversation}/attachment/upload"), new
        {
            file = "data:video/mp4;base64," + Convert.ToBase64String(new byte[LargestFile]),
        });

        Assert.Equal(LargestFile, (await client.ReadBytesAsync(UrlOf(answer, "downloadRequest"))).Length);
    }

    [Theory]
    [InlineData("https://chat.example", "/")]
    [InlineData("https://shop.example/bots", "/bots/")]
    public async Task Path_AndErrors_ComeThroughAsTheyAre(string publicUrl, string location)
    {
        await StartAsync(publicUrl, location);
        using var client = _nginx.Client(ServerFactory.OwnerSecret);

        await client.AssertRefusedAsync("404 NOT_FOUND: Conversation not found", HttpMethod.Get, Public("/v1/conversation/a%2Fb/fetch"));
        await client.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, Public("/v1/nothing"));
        using var page = await client.SendAsync(HttpMethod.Get, Public("/"));
        Assert.Contains($"\"{publicUrl}/api/v1\"", await page.ReadTextAsync(), StringComparison.Ordinal);
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

        await client.ReadAsync(HttpMethod.Post, Public($"/v1/conversation/{conversation}/session/create"), "{}");

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

    /// <summary>The address of a path at the site that nginx serves.</summary>
    private string Public(string path) => _public.AbsoluteUri.TrimEnd('/') + path;

    private static string UrlOf(JsonElement answer, string name) => answer.GetProperty(name).Text("url")!;

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
