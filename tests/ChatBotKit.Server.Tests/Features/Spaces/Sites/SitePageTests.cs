using System.Net;
using System.Net.Http.Headers;
using ChatBotKit.Server.Tests.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The pages of sites, under a path of the server and on the host of the site.</summary>
public sealed class SitePageTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private HttpClient _visitor = null!;
    private string _space = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_SITES_HOST"] = "Sites.Example" });
        _visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Server.Address };
        _space = await _server.CreateSpaceAsync();
        await _server.PostAsync($"space/{_space}/site/create", """{"slug":"docs","prefix":"/www/"}""");
        foreach (var (path, type, text) in ((string, string, string)[])
            [
                ("www/index.html", "text/html", "home"), ("www/a b/index.html", "application/octet-stream", "folder"), ("www/app.js", "text/javascript", "js"),
                ("www/data.bin", "application/octet-stream", "0123456789"), ("secret.txt", "text/plain", "secret"),
            ])
        {
            await _server.Owner.ReadAsync(
                HttpMethod.Post, $"space/{_space}/storage/upload/{Uri.EscapeDataString(path)}", new StringContent(text, new MediaTypeHeaderValue(type)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/sites/docs/", null, "home", "text/html; charset=utf-8")]
    [InlineData("/sites/DOCS/index.html", null, "home", "text/html; charset=utf-8")]
    [InlineData("/sites/docs/a%20b/", null, "folder", "text/html; charset=utf-8")]
    [InlineData("/sites/docs/app.js?v=1", null, "js", "text/javascript; charset=utf-8")]
    [InlineData("/sites/docs/data.bin", null, "0123456789", "application/octet-stream")]
    [InlineData("/", "docs.sites.example", "home", "text/html; charset=utf-8")]
    [InlineData("/a%20b/", "DOCS.sites.EXAMPLE:8080", "folder", "text/html; charset=utf-8")]
    public async Task Page_IsServedToEverybody(string path, string? host, string text, string type)
    {
        using var answer = await GetAsync(path, host);

        Assert.Equal((text, type), (await answer.ReadTextAsync(), answer.Header("Content-Type")));
        Assert.Equal(("*", "no-cache", "nosniff"), (answer.Header("Access-Control-Allow-Origin"), answer.Header("Cache-Control"), answer.Header("X-Content-Type-Options")));
        // Under a path, the page has the origin of the API, so it must not run there.
        var policy = answer.Header("Content-Security-Policy");
        Assert.Equal(host is null, policy?.StartsWith("sandbox ", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("allow-same-origin", policy ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sites/docs", null, "./docs/")]
    [InlineData("/sites/docs/a%20b?x=1", null, "./a%20b/?x=1")]
    [InlineData("/a%20b", "docs.sites.example", "./a%20b/")]
    public async Task Folder_GetsItsSlash(string path, string? host, string target)
    {
        using var answer = await GetAsync(path, host);

        Assert.Equal((HttpStatusCode.Found, target), (answer.StatusCode, answer.Header("Location")));
    }

    [Fact]
    public async Task File_HasTagsRangesAndHeaders()
    {
        using var whole = await GetAsync("/sites/docs/data.bin");
        using var part = await GetAsync("/sites/docs/data.bin", headers: ("Range", "bytes=2-4"));
        using var same = await GetAsync("/sites/docs/data.bin", headers: ("If-None-Match", whole.Headers.ETag!.ToString()));
        using var head = await _visitor.SendAsync(HttpMethod.Head, "/sites/docs/data.bin");
        using var post = await _visitor.SendAsync(HttpMethod.Post, "/sites/docs/data.bin");

        Assert.Equal((HttpStatusCode.PartialContent, "234"), (part.StatusCode, await part.TextAsync()));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal((HttpStatusCode.OK, 10L, ""), (head.StatusCode, head.Content.Headers.ContentLength, await head.TextAsync()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task WhatIsMissing_HasThePageOfTheSite()
    {
        foreach (var path in (string[])["/sites/docs/none", "/sites/docs/none/", "/sites/docs/app.js/", "/sites/docs/secret.txt", "/sites/docs/%FF", "/sites/other/", "/sites/"])
        {
            using var answer = await GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }

        await _server.PostAsync($"space/{_space}/storage/upload/www/404.html", """{"file":"data:text/html,gone"}""");
        using var missing = await GetAsync("/sites/docs/none");
        Assert.Equal((HttpStatusCode.NotFound, "gone", "text/html; charset=utf-8"), (missing.StatusCode, await missing.TextAsync(), missing.Header("Content-Type")));
        using var head = await _visitor.SendAsync(HttpMethod.Head, "/sites/docs/none");
        Assert.Equal((HttpStatusCode.NotFound, 4L), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    /// <summary>A path never leads out of the folder of the site. An HTTP client would resolve the dots itself.</summary>
    [Theory]
    [InlineData("/sites/docs/..%2Fsecret.txt")]
    [InlineData("/sites/docs/a%20b/..%2F..%2F..%2Fsecret.txt")]
    [InlineData("/sites/docs/%2E%2E/secret.txt")]
    [InlineData("/sites/docs/../secret.txt")]
    [InlineData("/sites/docs//secret.txt")]
    public async Task OtherFilesOfTheSpace_AreNotServed(string path)
    {
        var answer = await RawRequest.SendAsync(_server.Server.Address, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Equal("404", RawRequest.Status(answer));
        Assert.DoesNotContain("secret\r\n", answer, StringComparison.Ordinal);
    }

    /// <summary>On the host of a site there is the site alone.</summary>
    [Theory]
    [InlineData("/api/v1/bot/list", "docs.sites.example")]
    [InlineData("/health", "docs.sites.example")]
    [InlineData("/", "other.sites.example")]
    [InlineData("/", "a.docs.sites.example")]
    public async Task HostOfASite_HasNothingElse(string path, string host)
    {
        using var answer = await GetAsync(path, host, ("Authorization", $"Bearer {ServerFactory.OwnerSecret}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task HostAboveTheSites_IsTheServer()
    {
        using var answer = await GetAsync("/health", "sites.example");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task SiteOfASpaceThatWasDeleted_IsGone()
    {
        await _server.PostAsync($"space/{_space}/delete", "{}");
        using var answer = await GetAsync("/sites/docs/");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? host = null, params (string Name, string Value)[] headers) =>
        _visitor.SendAsync(HttpMethod.Get, path, headers: host is null ? headers : [.. headers, ("Host", host)]);
}
