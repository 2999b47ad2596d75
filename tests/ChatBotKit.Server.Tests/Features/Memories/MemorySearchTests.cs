using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Memories;
using ChatBotKit.Server.Resources;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class MemorySearchTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Search_FindsWhatSharesAWordWithTheQuestion_BestFirst()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await AddAsync(server, new { text = "Likes tulips in spring." });
        var best = await AddAsync(server, new { text = "Allergic to lilies and tulips.", meta = new { by = "Ann" } });
        await AddAsync(server, new { text = "Lives in Sofia." });

        var found = await SearchAsync(server, "memory/search", new { search = "What allergies does she have, tulips or lilies?" });

        Assert.Equal(2, found.Count);
        Assert.Equal(best, found[0].Id());
        Assert.Equal("Allergic to lilies and tulips.", found[0].Text("text"));
        Assert.Equal("Ann", found[0].GetProperty("meta").Text("by"));
        Assert.False(found[1].TryGetProperty("meta", out _));
    }

    [Fact]
    public async Task Search_ByBotAndContact_FindsOnlyTheirs()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"alias":"help"}"""));
        var contact = ApiJson.Id(await server.PostAsync("contact/create", """{"name":"Ann"}"""));
        var ofBot = await AddAsync(server, new { text = "Orchids one", botId = bot });
        var ofContact = await AddAsync(server, new { text = "Orchids two", contactId = contact });
        var ofBoth = await AddAsync(server, new { text = "Orchids three", botId = bot, contactId = contact });

        async Task<IEnumerable<string>> IdsAsync(string path, object body) => (await SearchAsync(server, path, body)).Select(one => one.Id()).Order();
        Assert.Equal(3, (await SearchAsync(server, "memory/search", new { search = "orchids" })).Count);
        Assert.Equal([.. new[] { ofBot, ofBoth }.Order()], await IdsAsync("bot/@help/memory/search", new { search = "orchids" }));
        Assert.Equal([.. new[] { ofContact, ofBoth }.Order()], await IdsAsync($"contact/{contact}/memory/search", new { search = "orchids" }));
        Assert.Equal([ofBoth], await IdsAsync("memory/search", new { search = "orchids", botId = bot, contactId = contact }));
    }

    [Theory]
    [InlineData("memory/search", """{"search":" "}""", "400 BAD_REQUEST: \"search\" may not be empty")]
    [InlineData("memory/search", "{}", "400 BAD_REQUEST: *search*")]
    [InlineData("memory/search", """{"search":"a","botId":"x"}""", "400 BAD_REQUEST: \"botId\" names no bot")]
    [InlineData("memory/search", """{"search":"a","contactId":"x"}""", "400 BAD_REQUEST: \"contactId\" names no contact")]
    [InlineData("bot/x/memory/search", """{"search":"a"}""", "404 NOT_FOUND: Bot not found")]
    [InlineData("contact/x/memory/search", """{"search":"a"}""", "404 NOT_FOUND: Contact not found")]
    public async Task Search_WithABadRequest_IsRefused(string path, string body, string refusal)
    {
        await using var server = await FeatureServer.StartAsync(_time);

        await server.Owner.AssertRefusedAsync(refusal, HttpMethod.Post, path, body);
    }

    [Fact]
    public async Task Search_ByAnotherAccount_FindsNothing()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public"}"""));
        await AddAsync(server, new { text = "Orchids", botId = bot });
        var stranger = await server.StrangerAsync();

        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"bot/{bot}/memory/search", """{"search":"orchids"}""");
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Post, "memory/search", $$"""{"search":"orchids","botId":"{{bot}}"}""")).Items());
    }

    [Fact]
    public async Task Search_AmongManyMemories_ReadsTheNewestAndAnswersTheBest()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await AddAsync(server, new { text = "orchids orchids" });
        for (var i = 0; i < MemorySearch.MaxMemories; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await AddAsync(server, new { text = i % 50 == 0 ? $"Orchids {i}" : $"Roses {i}" });
        }

        var found = await SearchAsync(server, "memory/search", new { search = "orchids" });

        Assert.Equal(MemorySearch.MaxFound, found.Count);
        Assert.DoesNotContain(found, one => one.Text("text") == "orchids orchids");
    }

    [Fact]
    public async Task ExpiredMemory_IsNeitherFoundNorListedNorFetched_AndIsDeletedByTheSweep()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var bot = ApiJson.Id(await server.PostAsync("bot/create", "{}"));
        var contact = ApiJson.Id(await server.PostAsync("contact/create", """{"name":"Ann"}"""));
        var end = _time.GetUtcNow().AddMinutes(5).ToUnixTimeMilliseconds();
        var passing = await AddAsync(server, new { text = "Orchids today", botId = bot, contactId = contact, expiresAt = end });
        var lasting = await AddAsync(server, new { text = "Orchids always", botId = bot, contactId = contact });
        string[] lists = ["memory/list", "memory/export", $"contact/{contact}/memory/list"];
        string[] searches = ["memory/search", $"bot/{bot}/memory/search", $"contact/{contact}/memory/search"];
        foreach (var path in lists)
            Assert.Equal(2, (await server.GetAsync(path)).Ids().Count);

        _time.Advance(TimeSpan.FromMinutes(5));

        foreach (var path in lists)
            Assert.Equal([lasting], (await server.GetAsync(path)).Ids());
        foreach (var path in searches)
            Assert.Equal(lasting, Assert.Single(await SearchAsync(server, path, new { search = "orchids" })).Id());
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND: Memory not found", HttpMethod.Get, $"memory/{passing}/fetch");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND: Memory not found", HttpMethod.Post, $"memory/{passing}/update", """{"expiresAt":null}""");
        await server.Service<ResourceExpiryWork>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal([lasting], (await server.Server.Store.ListAsync(ResourceTable.Rows, "WHERE \"Kind\" = 'memory'")).Select(row => row.Id));
    }

    private static async Task<string> AddAsync(FeatureServer server, object memory) =>
        ApiJson.Id(await server.Owner.ReadAsync(HttpMethod.Post, "memory/create", memory));

    private static async Task<List<JsonElement>> SearchAsync(FeatureServer server, string path, object body) =>
        [.. (await server.Owner.ReadAsync(HttpMethod.Post, path, body)).Items()];
}
