using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Integrations that fill datasets from sites by a schedule, and whose records expire.</summary>
public sealed class SitemapScheduleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2030, 3, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ConcurrentDictionary<string, string> _pages = new();
    private LocalWebServer _site = null!;
    private FeatureServer _server = null!;
    private string _dataset = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await LocalWebServer.StartAsync(app => app.MapGet("/{**path}", (HttpContext context) => _pages.TryGetValue(context.Request.Path, out var text)
            ? Results.Text(text, "text/html")
            : Results.Text("", statusCode: 503)));
        _server = await FeatureServer.StartAsync(_time, new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" });
        _dataset = await _server.CreateDatasetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Schedule_StartsSynchronizations()
    {
        _pages["/"] = "Tulips";
        var sitemap = await CreateAsync(new { datasetId = _dataset, url = $"{_site.Url}/", syncSchedule = "hourly" });

        _time.Advance(TimeSpan.FromMinutes(60.5));
        await WhenAsync(async () => (await TextsAsync()) is ["Tulips"]);
        await WhenAsync(async () => await StatusAsync(sitemap) == "synced");
        _pages["/"] = "Lilies";
        _time.Advance(TimeSpan.FromMinutes(60));

        await WhenAsync(async () => (await TextsAsync()) is ["Lilies"]);
        Assert.Equal(Start.AddHours(3), Assert.Single(await WorkAsync("sitemap-schedule")));
    }

    [Fact]
    public async Task Update_OfTheSchedule_StartsItAnew_AndAnyOtherDoesNot()
    {
        var sitemap = await CreateAsync(new { datasetId = _dataset, url = $"{_site.Url}/", syncSchedule = "hourly" });
        _time.Advance(TimeSpan.FromMinutes(10));

        await _server.PostAsync($"integration/sitemap/{sitemap}/update", """{"name":"Other"}""");
        Assert.Equal(Start.AddHours(1), Assert.Single(await WorkAsync("sitemap-schedule")));
        await _server.PostAsync($"integration/sitemap/{sitemap}/update", """{"syncSchedule":"daily"}""");
        Assert.Equal(Start.AddMinutes(10).AddDays(1), Assert.Single(await WorkAsync("sitemap-schedule")));
        await _server.PostAsync($"integration/sitemap/{sitemap}/update", """{"syncSchedule":"never"}""");
        Assert.Empty(await WorkAsync("sitemap-schedule"));
    }

    [Fact]
    public async Task Records_ThatNoSynchronizationFinds_Expire()
    {
        _pages["/"] = """<a href="/a">a</a> Welcome""";
        _pages["/a"] = "gone soon";
        var sitemap = await CreateAsync(new { datasetId = _dataset, url = $"{_site.Url}/", expiresIn = 3_600_000 });
        await _server.CreateRecordAsync(_dataset, "mine", "https://shop.example");
        await SyncAsync(sitemap);
        Assert.Equal(3, (await TextsAsync()).Count);
        _time.Advance(TimeSpan.FromMinutes(30));
        _pages.TryRemove("/a", out _);
        await SyncAsync(sitemap);
        Assert.Equal(3, (await TextsAsync()).Count);

        _time.Advance(TimeSpan.FromMinutes(31));

        await WhenAsync(async () => await TextsAsync() is ["a Welcome", "mine"]);
        _time.Advance(TimeSpan.FromMinutes(30));
        await WhenAsync(async () => await TextsAsync() is ["mine"]);
        await WhenAsync(async () => (await WorkAsync("sitemap-expiry")).Count == 0);
    }

    [Fact]
    public async Task ShorterExpiry_AppliesToTheRecordsThatAreThere()
    {
        _pages["/"] = "Tulips";
        var sitemap = await CreateAsync(new { datasetId = _dataset, url = $"{_site.Url}/" });
        await SyncAsync(sitemap);
        _time.Advance(TimeSpan.FromMinutes(30));

        await _server.PostAsync($"integration/sitemap/{sitemap}/update", """{"expiresIn":60000}""");

        await WhenAsync(async () => (await TextsAsync()).Count == 0);
    }

    private static async Task WhenAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (!await isReached())
            await Task.Delay(20, limit.Token);
    }

    private async Task<string> CreateAsync(object integration) =>
        (await _server.Owner.ReadAsync(HttpMethod.Post, "integration/sitemap/create", integration)).Id();

    private async Task<string?> StatusAsync(string sitemap) => (await _server.GetAsync($"integration/sitemap/{sitemap}/fetch")).Text("syncStatus");

    private async Task SyncAsync(string sitemap)
    {
        await _server.PostAsync($"integration/sitemap/{sitemap}/sync", "{}");
        await WhenAsync(async () => await StatusAsync(sitemap) != "pending");
        Assert.Equal("synced", await StatusAsync(sitemap));
    }

    private async Task<List<string>> TextsAsync() =>
        [.. (await _server.GetAsync($"dataset/{_dataset}/record/list")).Items().Select(record => record.Text("text")!).Order(StringComparer.Ordinal)];

    private async Task<List<DateTimeOffset>> WorkAsync(string kind) =>
    [
        .. (await _server.Server.Store.ListAsync<DueWorkRow>(DueWorkTable.Rows, """WHERE "Kind" = $1""", kind))
            .Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledAt)),
    ];
}
