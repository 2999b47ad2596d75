using ChatBotKit.Server.Tests.Http;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Apps that show pages have their own origins, to which a session can be bound like to those of web pages.</summary>
public sealed class AppOriginTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private string _path = null!;
    private string _conversation = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _conversation = await _server.AddConversationAsync();
        _path = $"/api/v1/conversation/{_conversation}/message/list";
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("capacitor://localhost")]
    [InlineData("ionic://localhost")]
    [InlineData("tauri://localhost")]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmnop")]
    public async Task App_WhoseOriginTheSessionNames_IsAnsweredAndNoOther(string origin)
    {
        var session = await _server.MintAsync(_conversation, $$"""{"origins":["{{origin}}"]}""");

        await AssertAsync(session, origin, "200", origin);
        foreach (var other in new[] { "https://shop.example", $"{origin}.evil", $"{origin}:8100", "capacitor://evil", "null" })
            await AssertAsync(session, other, "403 ORIGIN_NOT_ALLOWED", readable: null);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("capacitor://localhost/")]
    [InlineData("Capacitor://localhost")]
    public async Task Text_ThatNoAppSends_IsRefused(string origin)
    {
        using var owner = _server.Client();

        await owner.AssertRefusedAsync(
            "400 BAD_REQUEST: \"origins[0]\"*", HttpMethod.Post, $"/v1/conversation/{_conversation}/session/create", $$"""{"origins":["{{origin}}"]}""");
    }

    private async Task AssertAsync(MintedSession session, string page, string status, string? readable)
    {
        using var client = _server.Client(session.Token);
        using var answer = await client.SendAsync(HttpMethod.Get, _path, headers: ("Origin", page));
        using var preflight = await _server.PreflightAsync(_path, page, verb: "GET");

        Assert.Equal(status, await answer.CodeAsync());
        Assert.Equal(readable, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(readable, preflight.Header("Access-Control-Allow-Origin"));
    }
}
