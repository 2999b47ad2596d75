using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

public sealed class SessionAccessTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ServerFactory _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync(time: _time);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("complete", "POST", "complete")]
    [InlineData("send", "POST", "send")]
    [InlineData("receive", "POST", "receive")]
    [InlineData("messages:read", "GET", "message/list")]
    [InlineData("messages:read", "GET", "message/m1/fetch")]
    [InlineData("messages:write", "POST", "message/create")]
    [InlineData("messages:speak", "POST", "message/m1/synthesize")]
    [InlineData("attachments:write", "POST", "attachment/upload")]
    [InlineData("feedback", "POST", "message/m1/upvote")]
    [InlineData("feedback", "POST", "message/m1/downvote")]
    [InlineData("contact:write", "POST", "contact/upsert")]
    [InlineData("runs:abort", "POST", "run/r1/abort")]
    [InlineData("channels:publish", "POST", null)]
    public async Task Route_NeedsItsPermissionAndNoOther(string permission, string verb, string? route)
    {
        var conversation = await _server.AddConversationAsync();
        var path = route is null ? "channel/0123456789abcdef/publish" : $"conversation/{conversation}/{route}";
        var all = SessionNames.Where(name => name != permission).Select(name => $"\"{name}\"");
        var without = await _server.MintAsync(conversation, $$"""{"permissions":[{{string.Join(',', all)}}]}""");
        var with = await _server.MintAsync(conversation, $$"""{"permissions":["{{permission}}"]}""");

        await without.Holder.AssertRefusedAsync(
            $"403 PERMISSION_MISSING: *permission {permission}", new HttpMethod(verb), path, verb == "POST" ? "{}" : null);
        Assert.DoesNotContain(
            await with.Holder.CodeAsync(new HttpMethod(verb), path, verb == "POST" ? "{}" : null),
            (string[])["401 NOT_AUTHENTICATED", "403 PERMISSION_MISSING"]);
    }

    [Theory]
    [InlineData("POST", "conversation/{0}/session/create")]
    [InlineData("GET", "conversation/{0}/session/list")]
    [InlineData("GET", "session/list")]
    [InlineData("POST", "conversation/{0}/delete")]
    [InlineData("GET", "conversation/{0}/fetch")]
    [InlineData("POST", "conversation/complete")]
    public async Task Route_ThatIsNotOpenToSessions_Is401(string verb, string path)
    {
        var session = await _server.MintAsync();
        await session.Holder.AssertRefusedAsync("401 NOT_AUTHENTICATED", new HttpMethod(verb), string.Format(null, path, session.ConversationId), verb == "POST" ? "{}" : null);
    }

    [Fact]
    public async Task ExpiredSession_IsToldSo()
    {
        var session = await _server.MintAsync();
        _time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt).AddMilliseconds(-1));
        Assert.Equal("200", await session.LookAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("401 SESSION_EXPIRED", await session.LookAsync());
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal("401 SESSION_EXPIRED", await session.LookAsync());
    }

    [Fact]
    public async Task ExpiredToken_WithABadSignature_IsToldNothing()
    {
        var session = await _server.MintAsync();
        _time.Advance(TimeSpan.FromHours(2));
        using var forger = _server.Client(session.Token[..^6] + "AAAAAA");

        await forger.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{session.ConversationId}/message/list");
    }

    [Fact]
    public async Task SessionOfADeletedConversation_IsUnknown()
    {
        var session = await _server.MintAsync();
        Assert.Equal("200", await session.LookAsync());
        await _server.Client().ReadAsync(HttpMethod.Post, $"conversation/{session.ConversationId}/delete", "{}");
        Assert.Equal("401 NOT_AUTHENTICATED", await session.LookAsync());
    }

    private static readonly string[] SessionNames =
    [
        "complete", "send", "receive", "messages:read", "messages:write", "messages:speak", "attachments:write", "feedback",
        "contact:write", "channels:publish", "runs:abort", "tools:read",
    ];
}
