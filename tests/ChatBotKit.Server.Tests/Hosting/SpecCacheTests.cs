using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>Callers without a credential can request the description of the API, so it is created only once.</summary>
public sealed class SpecCacheTests
{
    private const string Path = "/api/v1/spec";

    private int _made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_IsMadeOnceForAllCallers()
    {
        await using var server = await StartAsync();
        using var client = server.Client(credential: null);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var answer = await FetchSpecAsync(client, i % 2 == 0 ? Path : "/v1/spec", encoding: i % 3 == 0 ? "gzip" : null, host: $"host{i}.example");
            return await answer.CodeAsync();
        }));

        Assert.All(answers, code => Assert.Equal("200", code));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Document_ThatTheCallerHas_IsNotSentAgain()
    {
        await using var server = await StartAsync();
        using var client = server.Client(credential: null);
        using var first = await FetchSpecAsync(client);

        using var again = await FetchSpecAsync(client, tag: first.Headers.ETag!.ToString());
        using var other = await FetchSpecAsync(client, tag: "\"another\"");
        using var compressed = await FetchSpecAsync(client, encoding: "br", tag: first.Headers.ETag!.ToString());

        Assert.Equal("304", await again.CodeAsync());
        Assert.Empty(await again.TextAsync());
        await other.AssertOkAsync();
        await compressed.AssertOkAsync();
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("zstd", null)]
    [InlineData(null, null)]
    public async Task Encoding_IsOneThatTheCallerTakes(string? accepted, string? expected)
    {
        await using var server = await StartAsync();
        using var client = server.Client(credential: null);

        using var answer = await FetchSpecAsync(client, encoding: accepted);

        Assert.Equal(expected, answer.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await using var plain = expected switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var document = await JsonDocument.ParseAsync(plain, cancellationToken: Token);
        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://shop.example/bots", "https://shop.example/bots")]
    public async Task Server_InTheDocument_IsNeverWhatARequestNames(string? publicUrl, string? expected)
    {
        await using var server = await StartAsync(publicUrl);
        using var client = server.Client(credential: null);

        using var answer = await FetchSpecAsync(client, host: "evil.example");

        var text = await answer.TextAsync();
        Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
        var servers = JsonElement.Parse(text).TryGetProperty("servers", out var list) ? list.EnumerateArray().ToList() : [];
        Assert.Equal(expected, servers.Select(one => one.GetProperty("url").GetString()).SingleOrDefault());
    }

    private Task<ServerFactory> StartAsync(string? publicUrl = null) => ServerFactory.StartAsync(
        settings: new Dictionary<string, string?> { ["CHATBOTKIT_PUBLIC_URL"] = publicUrl },
        services: services => services.ConfigureAll<OpenApiOptions>(options => options.AddDocumentTransformer((_, _, _) =>
        {
            Interlocked.Increment(ref _made);
            return Task.CompletedTask;
        })));

    private static Task<HttpResponseMessage> FetchSpecAsync(
        HttpClient client, string path = Path, string? encoding = null, string? tag = null, string? host = null)
    {
        (string Name, string? Value)[] headers = [("Accept-Encoding", encoding), ("If-None-Match", tag), ("Host", host)];
        return client.SendAsync(HttpMethod.Get, path, headers: [.. from header in headers where header.Value is not null select (header.Name, header.Value)]);
    }
}
