using ChatBotKit.Server.Data;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

public sealed class RevokeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync(time: _time);
        _owner = _server.Client();
    }

    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Owner_Revokes_AndEveryTokenIsRefused()
    {
        var session = await _server.MintAsync();
        var other = await _server.MintAsync(session.ConversationId);
        Assert.Equal("200", await session.LookAsync());

        var answer = await _owner.ReadAsync(HttpMethod.Post, session.Path("revoke"), """{"reason":"lost phone"}""");

        Assert.Equal(session.Id, ApiJson.Id(answer));
        Assert.Equal(("401 SESSION_REVOKED", "200"), (await session.LookAsync(), await other.LookAsync()));
        var record = await _server.Store.SingleAsync(AuditTable.Rows, "WHERE \"Type\" = 'revoke'");
        Assert.Equal(("lost phone", "owner", session.Id), (record.Code, record.ActorKind, record.SessionId));
    }

    [Fact]
    public async Task Holder_LogsOut_OfItsOwnSessionAlone()
    {
        var session = await _server.MintAsync();
        var neighbour = await _server.MintAsync(session.ConversationId);

        await session.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, neighbour.Path("revoke"), "{}");
        await session.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{session.ConversationId}/session/revoke", "{}");
        await session.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, "session/revoke", "{}");
        await session.Holder.ReadAsync(HttpMethod.Post, session.Path("revoke"), "{}");

        Assert.Equal(("401 SESSION_REVOKED", "200"), (await session.LookAsync(), await neighbour.LookAsync()));
    }

    [Fact]
    public async Task EndedSession_StaysAsItIs()
    {
        var revoked = await _server.MintAsync();
        var expired = await _server.MintAsync();
        await _owner.ReadAsync(HttpMethod.Post, revoked.Path("revoke"), "{}");
        var at = (await revoked.RowAsync()).RevokedAt;
        _time.Advance(TimeSpan.FromSeconds(3600));

        Assert.Equal(("200", "200"), (await _owner.CodeAsync(HttpMethod.Post, revoked.Path("revoke"), "{}"), await _owner.CodeAsync(HttpMethod.Post, expired.Path("revoke"), "{}")));

        Assert.Equal((at, null), ((await revoked.RowAsync()).RevokedAt, (await expired.RowAsync()).RevokedAt));
        Assert.Equal(["mint", "revoke"], await revoked.AuditAsync());
        Assert.Equal(["mint"], await expired.AuditAsync());
        Assert.Equal("401 SESSION_REVOKED", await revoked.LookAsync());
    }

    [Fact]
    public async Task Conversation_AllOfItsSessions()
    {
        var session = await _server.MintAsync();
        var second = await _server.MintAsync(session.ConversationId);
        var gone = await _server.MintAsync(session.ConversationId);
        var elsewhere = await _server.MintAsync();
        await _owner.ReadAsync(HttpMethod.Post, gone.Path("revoke"), "{}");
        var path = $"conversation/{session.ConversationId}/session/revoke";

        var answer = await _owner.ReadAsync(HttpMethod.Post, path, """{"reason":"closed"}""", key: "all");
        var again = await _owner.ReadAsync(HttpMethod.Post, path, """{"reason":"closed"}""", key: "all");

        Assert.Equal((session.ConversationId, 2), (ApiJson.Id(answer), answer.GetProperty("revoked").GetInt32()));
        Assert.Equal(answer.GetRawText(), again.GetRawText());
        Assert.Equal(
            ("401 SESSION_REVOKED", "401 SESSION_REVOKED", "200"), (await session.LookAsync(), await second.LookAsync(), await elsewhere.LookAsync()));
        Assert.Equal(["mint", "revoke"], await second.AuditAsync());
        Assert.Equal(["mint", "revoke"], await gone.AuditAsync());
        Assert.Equal(0, (await _owner.ReadAsync(HttpMethod.Post, path, "{}")).GetProperty("revoked").GetInt32());
    }

    [Fact]
    public async Task Contact_AllOfItsSessions()
    {
        var with = ApiJson.Id(await _owner.ReadAsync(
            HttpMethod.Post, "conversation/create", """{"contactId":{"fingerprint":"fingerprint-of-one","name":"One"}}"""));
        var contact = (await _owner.ReadAsync(HttpMethod.Get, $"conversation/{with}/fetch")).Text("contactId");
        var session = await _server.MintAsync(with);
        var elsewhere = await _server.MintAsync(body: $$"""{"contactId":"{{contact}}"}""");
        var nobody = await _server.MintAsync();

        var answer = await _owner.ReadAsync(HttpMethod.Post, $"contact/{contact}/session/revoke", "{}");

        Assert.Equal((contact, 2), (ApiJson.Id(answer), answer.GetProperty("revoked").GetInt32()));
        Assert.Equal(
            ("401 SESSION_REVOKED", "401 SESSION_REVOKED", "200"), (await session.LookAsync(), await elsewhere.LookAsync(), await nobody.LookAsync()));
    }

    [Fact]
    public async Task Account_AllOfItsSessions()
    {
        var (session, second) = (await _server.MintAsync(), await _server.MintAsync());
        var child = await _server.AddChildAccountAsync();
        var childs = await _server.AddConversationAsync(child.Id);
        using var parent = _server.Client();
        parent.DefaultRequestHeaders.Add("x-runas-user-id", child.Id);
        var foreign = new MintedSession(_server, childs, await parent.ReadAsync(HttpMethod.Post, $"conversation/{childs}/session/create", "{}"));

        var answer = await _owner.ReadAsync(HttpMethod.Post, "session/revoke", "{}");

        Assert.Equal((await _server.OwnerAccountIdAsync(), 2), (ApiJson.Id(answer), answer.GetProperty("revoked").GetInt32()));
        Assert.Equal(
            ("401 SESSION_REVOKED", "401 SESSION_REVOKED", "200"), (await session.LookAsync(), await second.LookAsync(), await foreign.LookAsync()));
    }

    [Fact]
    public async Task UnknownAndForeign_Are404()
    {
        var session = await _server.MintAsync();
        using var stranger = _server.Client(await _server.CreateApiTokenAsync((await _server.AddAccountAsync()).Id));

        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, session.Path("revoke"), "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{session.ConversationId}/session/revoke", "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, "contact/unknown/session/revoke", "{}");
        await _owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{session.ConversationId}/session/unknown/revoke", "{}");
        Assert.Equal("200", await session.LookAsync());
    }

    [Theory]
    [InlineData("two\\nlines")]
    [InlineData("bell\\u0007")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789äääää")]
    public async Task Reason_OfMoreThanALine_Is400(string reason)
    {
        var session = await _server.MintAsync();

        await _owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, session.Path("revoke"), $$"""{"reason":"{{reason}}"}""");
        await _owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "session/revoke", $$"""{"reason":"{{reason}}"}""");
        Assert.Equal("200", await session.LookAsync());
    }
}
