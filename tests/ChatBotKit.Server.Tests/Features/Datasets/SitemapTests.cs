using System.Collections.Concurrent;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Sitemaps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Datasets that are filled from a site.</summary>
public sealed class SitemapTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, (int Status, string Type, string Text)> _pages = new();

    private LocalWebServer _site = null!;
    private FeatureServer _server = null!;
    private string _dataset = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await LocalWebServer.StartAsync(app => app.MapGet("/{**path}", (HttpContext context) =>
        {
            var (status, type, text) = _pages.GetValueOrDefault(context.Request.Path, (404, "text/plain", ""));
            return Results.Text(text, type, statusCode: status);
        }));
        _server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        _dataset = await _server.CreateDatasetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Links_OfTheFirstPage_AreFollowed_WithinTheSiteAndTheRules()
    {
        Page("/", """<a href="/tulips#top">Tulips</a> <a href="/private/a">No</a> <a href="https://elsewhere.invalid/">No</a> Welcome""", "Home");
        Page("/tulips", """<nav>Menu</nav> Tulips bloom in April. <a href="/">Home</a> <a href="/gone">Gone</a>""", "Tulips");
        Page("/private/a", "Secret", "Private");

        Assert.Equal("synced", await SyncAsync(await CreateAsync("/", glob: "!/private/**")));

        var records = await RecordsAsync();
        Assert.Equal([$"{_site.Url}/", $"{_site.Url}/tulips"], records.Select(record => record.Text("source")));
        Assert.Equal("Tulips bloom in April. Home Gone", records[1].Text("text"));
        Assert.Equal("Tulips", records[1].GetProperty("meta").Text("title"));
    }

    [Fact]
    public async Task SiteMap_NamesThePages_AndTheSelectorsTheirParts()
    {
        _pages["/sitemap.xml"] = (200, "application/xml", $"<sitemapindex><sitemap><loc>{_site.Url}/map1.xml</loc></sitemap></sitemapindex>");
        _pages["/map1.xml"] = (200, "application/xml", $"<urlset><url><loc>{_site.Url}/a</loc></url><url><loc>{_site.Url}/b/c</loc></url></urlset>");
        Page("/a", """<p class="price">5 euros</p><p>Other</p> <a href="/d">d</a>""", "A");
        Page("/b/c", """<p class="price">7 euros</p>""", "C");
        Page("/d", """<p class="price">9 euros</p>""", "D");

        Assert.Equal("synced", await SyncAsync(await CreateAsync("/sitemap.xml", selectors: ".price")));

        Assert.Equal(["5 euros", "7 euros"], (await RecordsAsync()).Select(record => record.Text("text")));
    }

    [Fact]
    public async Task SecondSync_TakesThePlaceOfTheFirst_AndKeepsWhatCanNotBeReadNow()
    {
        var own = await _server.CreateRecordAsync(_dataset, "mine", "https://shop.example");
        Page("/", """<a href="/a">a</a> <a href="/b">b</a> <a href="/c">c</a> Welcome""", "Home");
        Page("/a", "first", "A");
        Page("/b", "to be removed", "B");
        Page("/c", "to be kept", "C");
        var sitemap = await CreateAsync("/");
        await SyncAsync(sitemap);
        var before = (await RecordsAsync()).ToDictionary(record => record.Text("text")!, record => record.Id());
        Page("/a", "second", "A");
        _pages["/b"] = (404, "text/plain", "");
        _pages["/c"] = (503, "text/plain", "");

        Assert.Equal("synced", await SyncAsync(sitemap));

        var after = (await RecordsAsync()).ToDictionary(record => record.Text("text")!, record => record.Id());
        Assert.Equal(new[] { "a b c Welcome", "mine", "second", "to be kept" }, after.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((before["first"], before["to be kept"], own), (after["second"], after["to be kept"], after["mine"]));
    }

    [Fact]
    public async Task SiteThatIsAway_IsAnError_AndKeepsTheRecords()
    {
        Page("/", "Welcome", "Home");
        var sitemap = await CreateAsync("/");
        await SyncAsync(sitemap);
        _pages["/"] = (503, "text/plain", "");

        Assert.Equal("error", await SyncAsync(sitemap));

        Assert.Equal("Welcome", Assert.Single(await RecordsAsync()).Text("text"));
    }

    [Fact]
    public async Task LargeSite_IsReadUpToTheLimit()
    {
        var paths = Enumerable.Range(0, SitemapCrawl.MaxPages + 5).Select(number => $"/p{number:000}").ToList();
        foreach (var path in paths)
            Page(path, $"This is {path}", "Page");
        _pages["/sitemap.xml"] = (200, "text/xml", $"<urlset>{string.Concat(paths.Select(path => $"<url><loc>{_site.Url}{path}</loc></url>"))}</urlset>");

        Assert.Equal("synced", await SyncAsync(await CreateAsync("/sitemap.xml")));

        Assert.Equal(
            SitemapCrawl.MaxPages,
            await _server.Server.Store.QueryAsync(async db => (await db.ListRecordIdsAsync(_dataset, "", "~")).Count, Token));
    }

    [Fact]
    public async Task MalformedSelectors_AreAnError()
    {
        Page("/", "Welcome", "Home");

        Assert.Equal("error", await SyncAsync(await CreateAsync("/", selectors: "p[[")));
    }

    [Fact]
    public async Task Address_OfTheOwnNetwork_IsNotRead()
    {
        Page("/", "Welcome", "Home");
        await using var server = await FeatureServer.StartAsync();
        var dataset = await server.CreateDatasetAsync();
        var sitemap = ApiJson.Id(await server.PostAsync("integration/sitemap/create", $$"""{"datasetId":"{{dataset}}","url":"{{_site.Url}}/"}"""));

        Assert.Equal("error", await SyncAsync(server, sitemap));
    }

    [Fact]
    public async Task Integration_ThatCanNotBeUsed_IsRefused()
    {
        var bare = ApiJson.Id(await _server.PostAsync("integration/sitemap/create", """{"url":"https://shop.example"}"""));
        var nowhere = ApiJson.Id(await _server.PostAsync("integration/sitemap/create", $$"""{"datasetId":"{{_dataset}}","url":"file:///etc/passwd"}"""));
        using var stranger = await _server.StrangerAsync();

        await _server.Owner.AssertRefusedAsync("409 CONFLICT: *dataset*", HttpMethod.Post, $"integration/sitemap/{bare}/sync", "{}");
        await _server.Owner.AssertRefusedAsync("409 CONFLICT: *address*", HttpMethod.Post, $"integration/sitemap/{nowhere}/sync", "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"integration/sitemap/{bare}/sync", "{}");
    }

    [Theory]
    [InlineData(null, "/a", true)]
    [InlineData("/docs/*", "/docs/a", true)]
    [InlineData("/docs/*", "/docs/a/b", false)]
    [InlineData("/docs/**", "/docs/a/b", true)]
    [InlineData("https://shop.example/?", "/a", true)]
    [InlineData("https://shop.example/?", "/ab", false)]
    [InlineData("!/a", "/a", false)]
    [InlineData("!/a", "/b", true)]
    [InlineData("/docs/**\n!/docs/old/**", "/docs/old/a", false)]
    [InlineData("/a.b", "/axb", false)]
    public void Rules_AllowPages(string? glob, string path, bool allows) =>
        Assert.Equal(allows, SitemapRules.Parse(glob).Allows(new Uri($"https://shop.example{path}")));

    private void Page(string path, string body, string title) =>
        _pages[path] = (200, "text/html", $"<html><head><title>{title}</title></head><body>{body}</body></html>");

    private async Task<string> CreateAsync(string path, string? glob = null, string? selectors = null) => ApiJson.Id(await _server.PostAsync(
        "integration/sitemap/create", JsonSerializer.Serialize(new { datasetId = _dataset, url = $"{_site.Url}{path}", glob, selectors })));

    private Task<string?> SyncAsync(string sitemap) => SyncAsync(_server, sitemap);

    private static async Task<string?> SyncAsync(FeatureServer server, string sitemap)
    {
        Assert.Equal(sitemap, ApiJson.Id(await server.PostAsync($"integration/sitemap/{sitemap}/sync", "{}")));
        string? status = null;
        await Eventually.IsAsync(async () =>
            (status = (await server.GetAsync($"integration/sitemap/{sitemap}/fetch")).Text("syncStatus")) != "pending");
        return status;
    }

    private async Task<List<JsonElement>> RecordsAsync() =>
        [.. (await _server.GetAsync($"dataset/{_dataset}/record/list")).Items().OrderBy(record => record.Text("source"), StringComparer.Ordinal)];
}
