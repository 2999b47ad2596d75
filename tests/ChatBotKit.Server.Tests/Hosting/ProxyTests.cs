using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>A server behind a proxy: the addresses in its responses, and the addresses of its callers.</summary>
public sealed class ProxyTests
{
    private const string PublicUrl = "CHATBOTKIT_PUBLIC_URL";
    private const string TrustedProxies = "CHATBOTKIT_TRUSTED_PROXIES";
    private const string Visitor = "203.0.113.9";

    private static readonly (string Name, string Value)[] FromProxy =
        [("X-Forwarded-Host", "shop.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", Visitor), ("X-Forwarded-Prefix", "/bots")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://chat.example", null, "https://chat.example")]
    [InlineData("https://chat.example/", "127.0.0.1", "https://chat.example")]
    [InlineData("https://shop.example:8443/bots/", null, "https://shop.example:8443/bots")]
    [InlineData(null, "127.0.0.1", "https://asked.example")]
    [InlineData(null, "10.0.0.0/8, 127.0.0.0/8", "https://asked.example")]
    [InlineData(null, "10.0.0.0/8", "http://evil.example")]
    [InlineData(null, null, "http://evil.example")]
    public async Task PresignedAddress_BeginsWithThePublicOne(string? publicUrl, string? proxies, string expected)
    {
        await using var server = await StartAsync(publicUrl, proxies);

        var answer = await AnnounceAsync(
            server, ("Host", "evil.example"), ("X-Forwarded-Host", "asked.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", Visitor));

        Assert.StartsWith($"{expected}/api/v1/", UrlOf(answer, "uploadRequest"), StringComparison.Ordinal);
        Assert.StartsWith($"{expected}/api/v1/", UrlOf(answer, "downloadRequest"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/bots", "/v1/conversation/list")]
    [InlineData("https://shop.example/bots", null, "/bots/v1/conversation/list")]
    [InlineData("https://shop.example/bots", null, "/v1/conversation/list")]
    [InlineData("https://shop.example/bots", "/bots", "/api/v1/conversation/list")]
    [InlineData("https://shop.example/a/b", null, "/a/b/api/v1/conversation/list")]
    public async Task Prefix_IsTakenOffByTheProxyOrByTheServer(string? publicUrl, string? prefix, string path)
    {
        await using var server = await StartAsync(publicUrl, "127.0.0.1");
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Visitor);
        if (prefix is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", prefix);

        using var answer = await client.SendAsync(HttpMethod.Get, path);

        await answer.AssertOkAsync();
        Assert.Equal("true", answer.Header("Idempotency-Key-Supported"));
    }

    [Theory]
    [InlineData("127.0.0.1", "https://shop.example/bots")]
    [InlineData("10.0.0.0/8", "http://inner.example")]
    [InlineData(null, "http://inner.example")]
    public async Task Prefix_OfATrustedProxy_IsPartOfThePresignedAddress(string? proxies, string expected)
    {
        await using var server = await StartAsync(publicUrl: null, proxies);

        var answer = await AnnounceAsync(server, [("Host", "inner.example"), .. FromProxy]);

        Assert.StartsWith($"{expected}/api/v1/", UrlOf(answer, "uploadRequest"), StringComparison.Ordinal);
        Assert.StartsWith($"{expected}/api/v1/", UrlOf(answer, "downloadRequest"), StringComparison.Ordinal);
    }

    /// <summary>The proxy takes the prefix off the path, and sends it in a header.</summary>
    [Fact]
    public async Task PresignedAddress_ThroughTheProxy_TakesAndGivesTheBytes()
    {
        await using var server = await StartAsync(publicUrl: null, "127.0.0.1");
        using var visitor = server.Client(credential: null);
        var answer = await AnnounceAsync(server, FromProxy);

        using var put = await visitor.SendAsync(HttpMethod.Put, Forwarded(UrlOf(answer, "uploadRequest")), new StringContent("abc"), headers: FromProxy);
        using var got = await visitor.SendAsync(HttpMethod.Get, Forwarded(UrlOf(answer, "downloadRequest")), headers: FromProxy);

        await put.AssertOkAsync();
        Assert.Equal("abc", await got.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("127.0.0.1", Visitor, Visitor)]
    [InlineData("127.0.0.1", $"198.51.100.1, {Visitor}", Visitor)]
    [InlineData("127.0.0.1,10.0.0.0/8", $"{Visitor}, 10.1.2.3", Visitor)]
    [InlineData("10.0.0.0/8", Visitor, "127.0.0.1")]
    [InlineData(null, Visitor, "127.0.0.1")]
    public async Task Audit_KeepsTheAddressOfTheVisitor(string? proxies, string forwardedFor, string expected)
    {
        await using var server = await StartAsync(publicUrl: null, proxies);
        var conversation = await server.AddConversationAsync();
        using var owner = server.Client();
        owner.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);

        await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}");

        Assert.Contains(expected, (await server.Store.ListAsync(AuditTable.Rows)).Select(row => row.Address));
    }

    [Theory]
    [InlineData(PublicUrl, "chat.example")]
    [InlineData(PublicUrl, "ftp://chat.example")]
    [InlineData(PublicUrl, "https://chat.example?x=1")]
    [InlineData(PublicUrl, "https://chat.example#x")]
    [InlineData(PublicUrl, "https://me:secret@chat.example")]
    [InlineData(PublicUrl, "https://")]
    [InlineData(TrustedProxies, "proxy.example")]
    [InlineData(TrustedProxies, "10.0.0.0/40")]
    [InlineData(TrustedProxies, "127.0.0.1,*")]
    public async Task Setting_ThatCannotBeUsed_StopsTheStart(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<Server.Configuration.StartupException>(
            () => ServerFactory.StartAsync(settings: new Dictionary<string, string?> { [name] = value }));

        Assert.StartsWith(name, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static Task<ServerFactory> StartAsync(string? publicUrl, string? proxies) =>
        ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            [PublicUrl] = publicUrl,
            [TrustedProxies] = proxies,
            ["CHATBOTKIT_AUDIT_ADDRESS"] = "full",
        });

    private static async Task<JsonElement> AnnounceAsync(ServerFactory server, params (string Name, string Value)[] headers)
    {
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();
        using var answer = await client.SendAsync(
            HttpMethod.Post, $"conversation/{conversation}/attachment/upload", """{"file":{"type":"text/plain","size":3,"name":"a.txt"}}""",
            headers: headers);
        return await answer.ReadAsync();
    }

    /// <summary>Returns the path and query that the proxy asks the server for.</summary>
    private static string Forwarded(string url) => new Uri(url).PathAndQuery["/bots".Length..];

    private static string UrlOf(JsonElement answer, string name) => answer.GetProperty(name).GetProperty("url").GetString()!;
}
