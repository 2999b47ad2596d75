using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>The headers that keep browsers from interpreting a response as something else, and caches from storing it.</summary>
public sealed class AnswerHeaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1/conversation/list", ServerFactory.OwnerSecret)]
    [InlineData("POST", "/v1/conversation/create", ServerFactory.OwnerSecret)]
    [InlineData("POST", "/v1/conversation/{id}/session/create", ServerFactory.OwnerSecret)]
    [InlineData("POST", "/v1/conversation/{id}/complete", ServerFactory.OwnerSecret)]
    [InlineData("GET", "/v1/conversation/{id}/message/list", ServerFactory.OwnerSecret)]
    [InlineData("GET", "/v1/conversation/list", null)]
    [InlineData("GET", "/v1/nothing", null)]
    [InlineData("GET", "/nothing", null)]
    [InlineData("PATCH", "/v1/conversation/list", null)]
    [InlineData("HEAD", "/v1/conversation/list", null)]
    [InlineData("OPTIONS", "/v1/conversation/list", null)]
    [InlineData("GET", "/health/ready", null)]
    public async Task Answer_IsNeitherSniffedNorKeptNorFramed(string verb, string path, string? credential)
    {
        await using var server = await ServerFactory.StartAsync();
        var conversation = await server.AddConversationAsync();
        var body = path.EndsWith("complete", StringComparison.Ordinal) ? """{"text":"Hello"}""" : "{}";

        using var answer = await server.Client(credential).SendAsync(
            new HttpMethod(verb), path.Replace("{id}", conversation, StringComparison.Ordinal), verb == "POST" ? body : null);

        AssertSafe(answer);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/api/v1/spec")]
    public async Task Answer_ThatIsForEverybody_MayBeKept(string path)
    {
        await using var server = await ServerFactory.StartAsync();

        using var answer = await server.Client(credential: null).SendAsync(HttpMethod.Get, path);

        AssertSafe(answer);
        Assert.Equal((true, TimeSpan.FromMinutes(5)), (answer.Headers.CacheControl?.Public, answer.Headers.CacheControl?.MaxAge));
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task File_IsADownloadAndRunsNothing()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var file = await server.Owner.UploadAsync(id, new StringContent("<script>alert(1)</script>"), "text/html");

        using var answer = await server.Owner.SendAsync(HttpMethod.Get, file.GetProperty("downloadRequest").Text("url")!);

        AssertSafe(answer);
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("sandbox;", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("cross-origin", answer.Header("Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task PageOfAProgramThatHoldsTheServer_IsLeftToThatProgram()
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapGet("/admin", () => Results.Text("<p>Hi", "text/html")));

        using var answer = await server.Client(credential: null).SendAsync(HttpMethod.Get, "/admin");

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("https://chat.example", "https", "max-age=31536000")]
    [InlineData("https://chat.example", "http", null)]
    [InlineData("http://chat.example", "https", null)]
    [InlineData(null, "https", null)]
    public async Task Https_IsPromisedWhereTheOperatorSaysSo(string? publicUrl, string scheme, string? promise)
    {
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["CHATBOTKIT_PUBLIC_URL"] = publicUrl,
            ["CHATBOTKIT_TRUSTED_PROXIES"] = "127.0.0.1",
        });
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await client.SendAsync(HttpMethod.Get, "/v1/conversation/list");

        Assert.Equal(promise, answer.Header("Strict-Transport-Security"));
    }

    private static void AssertSafe(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
    }
}
