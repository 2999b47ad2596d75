using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ConversationListTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000));

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task List_PageByPage_GivesEachOnceInOrder(string order)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var made = await CreateConversationsAsync(server, 5, sameMoment: true);
        made.Sort(StringComparer.Ordinal);
        if (order == "desc")
            made.Reverse();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await server.GetAsync($"conversation/list?order={order}&take=2&cursor={cursor}");
            seen.AddRange(page.Ids());
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && seen.Count < 10);

        Assert.Equal(made, seen);
    }

    [Fact]
    public async Task List_OfLongBackstories_EndsItsPagesEarlyAndGivesEachOnce()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var made = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            made.Add(await server.CreateConversationAsync($$"""{"backstory":"{{new string((char)('a' + number), 1_900_000)}}"}"""));
        }

        var first = await server.GetAsync("conversation/list?order=asc");
        var second = await server.GetAsync($"conversation/list?order=asc&cursor={first.Text("cursor")}");
        var lines = (await server.Owner.ReadTextAsync("conversation/list?order=asc", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // A page ends with the item that exceeds 4 MiB.
        Assert.Equal(made[..3], first.Ids());
        Assert.Equal(made[3..], second.Ids());
        Assert.Equal(made, lines.Select(line => ApiJson.Id(JsonElement.Parse(line).GetProperty("data"))));
    }

    [Fact]
    public async Task List_WithoutOrder_BeginsWithTheNewest()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var made = await CreateConversationsAsync(server, 3, sameMoment: false);
        made.Reverse();
        Assert.Equal(made, (await server.GetAsync("conversation/list")).Ids());
    }

    [Fact]
    public async Task List_WithUnknownOrForeignCursor_IsEmpty()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var made = await CreateConversationsAsync(server, 2, sameMoment: false);
        Assert.Empty((await server.GetAsync("conversation/list?cursor=nothing")).Ids());

        var stranger = await server.StrangerAsync();
        await stranger.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, $"conversation/list?cursor={made[1]}")).Ids());
    }

    [Fact]
    public async Task List_OfAnotherAccount_ShowsNothingOfMine()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await CreateConversationsAsync(server, 2, sameMoment: false);
        var stranger = await server.StrangerAsync();
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, "conversation/list")).Ids());
    }

    [Theory]
    [InlineData("meta.plan=pro", "text")]
    [InlineData("meta[plan]=pro", "text")]
    [InlineData("meta.plan=5", "number,numeral")]
    [InlineData("meta.plan=true", "boolean")]
    [InlineData("meta.deep.plan=pro", "nested")]
    [InlineData("meta.plan=pro&meta.other=x", "")]
    [InlineData("meta.plan=p%27%20OR%201=1", "")]
    [InlineData("meta.pl%22an=pro", "")]
    public async Task List_WithMetaFilter_ComparesByKind(string query, string expected)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await server.CreateConversationAsync("""{"name":"text","meta":{"plan":"pro"}}""");
        await server.CreateConversationAsync("""{"name":"number","meta":{"plan":5}}""");
        await server.CreateConversationAsync("""{"name":"numeral","meta":{"plan":"5"}}""");
        await server.CreateConversationAsync("""{"name":"boolean","meta":{"plan":true}}""");
        await server.CreateConversationAsync("""{"name":"nested","meta":{"deep":{"plan":"pro"}}}""");
        await server.CreateConversationAsync("""{"name":"none"}""");
        var found = await server.GetAsync($"conversation/list?{query}");
        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(),
            found.Items().Select(item => item.Text("name")!).Order());
    }

    [Theory]
    [InlineData("pl\"an")]
    [InlineData("pl\\an")]
    [InlineData("plan\\")]
    [InlineData("\0")]
    [InlineData("\n")]
    [InlineData("{0}")]
    [InlineData("план")]
    public async Task List_WithMetaFilter_FindsAKeyOfAnyCharacters(string key)
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var found = await server.CreateConversationAsync(new JsonObject { ["meta"] = new JsonObject { [key] = "pro" } }.ToJsonString());
        await server.CreateConversationAsync("""{"meta":{"plan":"pro"}}""");

        // PostgreSQL can't look for U+0000.
        string[] expected = key == "\0" && TestStore.IsPostgres ? [] : [found];
        Assert.Equal(expected, (await server.GetAsync($"conversation/list?meta[{Uri.EscapeDataString(key)}]=pro")).Ids());
    }

    [Fact]
    public async Task List_OfContacts_TakesSeveralIds()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        var first = await server.CreateConversationAsync("""{"contactId":{"fingerprint":"first-fingerprint"}}""");
        var second = await server.CreateConversationAsync("""{"contactId":{"fingerprint":"second-fingerprint"}}""");
        await server.CreateConversationAsync();
        var contacts = new List<string?>();
        foreach (var id in new[] { first, second })
            contacts.Add((await server.GetAsync($"conversation/{id}/fetch")).Text("contactId"));

        Assert.Equal([first], (await server.GetAsync($"conversation/list?contactId={contacts[0]}")).Ids());
        Assert.Equal(2, (await server.GetAsync($"conversation/list?contactId={string.Join(',', contacts)}")).Ids().Count);
        Assert.Empty((await server.GetAsync("conversation/list?botId=none")).Ids());
    }

    [Fact]
    public async Task Export_AsJson_HoldsWhatWasSaidByBothSidesOnly()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await server.CreateConversationAsync("""
            {"messages":[{"type":"user","text":"Hi"},{"type":"context","text":"secret"},{"type":"bot","text":"Hello"}]}
            """);
        var item = (await server.GetAsync("conversation/export")).Items().Single();
        Assert.Equal(["Hi", "Hello"], item.GetProperty("messages").EnumerateArray().Select(message => message.Text("text")));
        Assert.False(item.TryGetProperty("privacy", out _));
    }

    [Fact]
    public async Task Export_AsJsonLines_WritesALinePerConversation()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await CreateConversationsAsync(server, 3, sameMoment: false);
        var lines = (await server.Owner.ReadTextAsync("conversation/export?take=2", "application/jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Array, JsonElement.Parse(line).GetProperty("data").GetProperty("messages").ValueKind));
    }

    [Fact]
    public async Task Export_AsCsv_WritesReadableTextAndDefusesFormulas()
    {
        await using var server = await FeatureServer.StartAsync(_time);
        await server.CreateConversationAsync("""
            {"name":"=cmd()","messages":[{"type":"user","text":"Say \"hi\""},{"type":"bot","text":"hi"}]}
            """);
        var csv = await server.Owner.ReadTextAsync("conversation/export", "text/csv");
        Assert.StartsWith("\"id\",\"name\",", csv, StringComparison.Ordinal);
        Assert.Contains("\"'=cmd()\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"user: Say \"\"hi\"\"\n\nbot: hi\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithSessionToken_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var session = await server.SessionAsync(await server.CreateConversationAsync());
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/export");
    }

    private async Task<List<string>> CreateConversationsAsync(FeatureServer server, int count, bool sameMoment)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await server.CreateConversationAsync());
            if (!sameMoment)
                _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        return ids;
    }
}
