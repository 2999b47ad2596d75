using ChatBotKit.Server.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class SessionListTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private FeatureServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeatureServer.StartAsync(_time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Fetch_GivesTheTermsAndNeverTheToken()
    {
        var session = await _server.Server.MintAsync(body: """
            {"durationInSeconds":1800,"refreshable":true,"permissions":["complete"],"origins":["https://shop.example"],
             "limits":{"messages":5},"meta":{"plan":"gold"}}
            """);
        var created = (await session.RowAsync()).CreatedAt;

        var item = await _server.GetAsync(session.Path("fetch"));

        Assert.Equal((session.Id, session.ConversationId, "active"), (ApiJson.Id(item), item.Text("conversationId"), item.Text("status")));
        Assert.Equal("""["complete"]""", item.GetProperty("permissions").GetRawText());
        Assert.Equal("""["https://shop.example"]""", item.GetProperty("origins").GetRawText());
        Assert.Equal(5, item.GetProperty("limits").GetProperty("messages").GetInt32());
        Assert.Equal(0, item.GetProperty("usage").GetProperty("tokens").GetInt64());
        Assert.Equal("gold", item.GetProperty("meta").Text("plan"));
        Assert.Equal((created, created + 1_800_000), (item.GetProperty("createdAt").GetInt64(), item.GetProperty("expiresAt").GetInt64()));
        Assert.Equal(created + 86_400_000, item.GetProperty("refreshableUntil").GetInt64());
        Assert.DoesNotContain(session.Token.Split('.')[2], item.GetRawText(), StringComparison.Ordinal);
        Assert.False(item.TryGetProperty("token", out _));
    }

    [Fact]
    public async Task Fetch_ByTheHolder_IsOfItsOwnSessionAndWithoutTheOwnersNotes()
    {
        var session = await _server.Server.MintAsync(body: """{"permissions":["send"],"meta":{"plan":"gold"}}""");
        var neighbour = await _server.Server.MintAsync(session.ConversationId);

        var item = await session.Holder.ReadAsync(HttpMethod.Get, session.Path("fetch"));

        Assert.Equal(session.Id, ApiJson.Id(item));
        Assert.False(item.TryGetProperty("meta", out var meta) && meta.ValueKind != System.Text.Json.JsonValueKind.Null);
        await session.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, neighbour.Path("fetch"));
    }

    [Fact]
    public async Task Fetch_TellsWhatHappened()
    {
        var session = await _server.Server.MintAsync(body: """{"refreshable":true}""");
        _time.Advance(TimeSpan.FromSeconds(10));
        await session.RefreshAsync();
        var refreshed = await _server.GetAsync(session.Path("fetch"));
        _time.Advance(TimeSpan.FromSeconds(10));
        await _server.PostAsync(session.Path("revoke"), "{}");
        var revoked = await _server.GetAsync(session.Path("fetch"));

        var created = refreshed.GetProperty("createdAt").GetInt64();
        Assert.Equal(("active", created + 10_000), (refreshed.Text("status"), refreshed.GetProperty("refreshedAt").GetInt64()));
        Assert.Equal(("revoked", created + 20_000), (revoked.Text("status"), revoked.GetProperty("revokedAt").GetInt64()));
    }

    [Fact]
    public async Task Fetch_OfUnknownAndForeign_Is404()
    {
        var session = await _server.Server.MintAsync();
        using var stranger = await _server.StrangerAsync();

        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, session.Path("fetch"));
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{session.ConversationId}/session/list");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{session.ConversationId}/session/unknown/fetch");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{await _server.CreateConversationAsync()}/session/{session.Id}/fetch");
        Assert.Empty((await stranger.ReadAsync(HttpMethod.Get, "session/list")).Items());
    }

    [Fact]
    public async Task List_FiltersAndPages()
    {
        var conversation = await _server.CreateConversationAsync();
        var expired = await MintAsync(conversation, """{"durationInSeconds":1800,"meta":{"plan":"gold"}}""");
        var revoked = await MintAsync(conversation, "{}");
        var active = await MintAsync(conversation, """{"durationInSeconds":7200}""");
        var elsewhere = await MintAsync(await _server.CreateConversationAsync(), """{"durationInSeconds":7200}""");
        await _server.PostAsync(revoked.Path("revoke"), "{}");
        _time.Advance(TimeSpan.FromSeconds(1800));

        Assert.Equal([elsewhere.Id, active.Id, revoked.Id, expired.Id], await IdsAsync("session/list"));
        Assert.Equal([expired.Id, revoked.Id, active.Id, elsewhere.Id], await IdsAsync("session/list?order=asc"));
        Assert.Equal([active.Id, revoked.Id, expired.Id], await IdsAsync($"session/list?conversationId={conversation}"));
        Assert.Equal([active.Id, revoked.Id, expired.Id], await IdsAsync($"conversation/{conversation}/session/list"));
        Assert.Equal([active.Id], await IdsAsync($"conversation/{conversation}/session/list?status=active"));
        Assert.Equal([revoked.Id], await IdsAsync("session/list?status=revoked"));
        Assert.Equal([expired.Id], await IdsAsync("session/list?status=expired"));
        Assert.Equal([expired.Id], await IdsAsync("session/list?meta.plan=gold"));
        Assert.Equal([active.Id, revoked.Id], await IdsAsync($"session/list?take=2&cursor={elsewhere.Id}"));
        Assert.Equal([elsewhere.Id], await IdsAsync($"session/list?order=asc&cursor={active.Id}"));
        Assert.Empty(await IdsAsync("session/list?cursor=unknown"));
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"status\" must be active, expired or revoked", HttpMethod.Get, "session/list?status=ended");
    }

    [Fact]
    public async Task List_ByContact()
    {
        var conversation = await _server.CreateConversationAsync("""{"contactId":{"fingerprint":"fingerprint-of-one","name":"One"}}""");
        var contact = (await _server.GetAsync($"conversation/{conversation}/fetch")).Text("contactId");
        var session = await MintAsync(conversation, "{}");
        await MintAsync(await _server.CreateConversationAsync(), "{}");

        Assert.Equal([session.Id], await IdsAsync($"session/list?contactId={contact}"));
        Assert.Equal([session.Id], await IdsAsync($"conversation/{conversation}/session/list?contactId={contact}"));
    }

    [Fact]
    public async Task List_StreamsEverySession()
    {
        var conversation = await _server.CreateConversationAsync();
        for (var i = 0; i < 120; i++)
            await MintAsync(conversation, "{}", TimeSpan.Zero);

        var lines = await _server.Owner.ReadTextAsync($"conversation/{conversation}/session/list", "application/jsonl");

        Assert.Equal(120, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
        Assert.DoesNotContain("\"token\"", lines, StringComparison.Ordinal);
    }

    private async Task<MintedSession> MintAsync(string conversation, string body, TimeSpan? step = null)
    {
        _time.Advance(step ?? TimeSpan.FromSeconds(1));
        return await _server.Server.MintAsync(conversation, body);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string path) => (await _server.GetAsync(path)).Ids();
}
