using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

public sealed class OriginTests : IAsyncLifetime
{
    private const string Shop = "https://shop.example";
    private const string Evil = "https://evil.example";
    private const string Bound = """["https://shop.example","http://localhost:3000"]""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private ServerFactory _server = null!;
    private string _conversation = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ListPath => $"/api/v1/conversation/{_conversation}/message/list";

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync(time: _time);
        _conversation = await _server.AddConversationAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Shop)]
    [InlineData("http://localhost:3000")]
    public async Task Request_FromAPageOfTheSession_IsAnsweredToThatPageAlone(string origin)
    {
        using var answer = await ListAsync(Bound, origin);

        await answer.AssertOkAsync();
        Assert.Equal(origin, answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", answer.Header("Vary"));
        Assert.Contains("X-Run-Id", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Evil)]
    [InlineData("null")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("""https://shop.example","http://localhost:3000""")]
    public async Task Request_FromAnotherPage_IsRefusedUnreadably(string origin)
    {
        using var answer = await ListAsync(Bound, origin);

        await answer.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
        Assert.Equal("ORIGIN_NOT_ALLOWED", answer.Header("X-Failure-Code"));
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Request_WithoutAnOrigin_IsNoWebPage()
    {
        using var answer = await ListAsync(Bound, origin: null);

        await answer.AssertOkAsync();
    }

    [Fact]
    public async Task Request_WithAnUnboundSession_MayComeFromAnyPage()
    {
        using var answer = await ListAsync(origins: null, Evil);

        await answer.AssertOkAsync();
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/v1/")]
    [InlineData("/api/v1/")]
    public async Task Preflight_OfAConversationWhoseSessionsAreBound_KnowsTheirPagesOnly(string prefix)
    {
        await _server.AddSessionAsync(_conversation, Bound);
        var path = $"{prefix}conversation/{_conversation}/complete";

        using var own = await PreflightAsync(path, Shop);
        using var foreign = await PreflightAsync(path, Evil);

        Assert.Equal(Shop, own.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", own.Header("Vary"));
        Assert.Equal("GET,POST,PUT", own.Header("Access-Control-Allow-Methods"));
        Assert.Contains("Idempotency-Key", own.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.DoesNotContain(foreign.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/v1/conversation/{id}/complete", true)]
    [InlineData("/v1/conversation/create", false)]
    [InlineData("/v1/conversation/complete", false)]
    [InlineData("/.well-known/jwks.json", false)]
    public async Task Preflight_WhereNoSessionOrAnUnboundOneIs_IsOpenToAnyPage(string path, bool hasUnbound)
    {
        await _server.AddSessionAsync(_conversation, Bound);
        if (hasUnbound)
            await _server.AddSessionAsync(_conversation);

        using var answer = await PreflightAsync(path.Replace("{id}", _conversation, StringComparison.Ordinal), Evil);

        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_OfAPathThatHoldsNoId_IsNotKept()
    {
        var origins = _server.App.Services.GetRequiredService<SessionOrigins>();
        using var known = await PreflightAsync($"/v1/conversation/{_conversation}/message/list", Evil);
        using var unknown = await PreflightAsync($"/v1/conversation/{new string('x', 4000)}/message/list", Evil);

        Assert.Equal("*", unknown.Header("Access-Control-Allow-Origin"));
        Assert.Equal(1, origins.Count);
    }

    [Fact]
    public async Task Preflight_IsToldOfNewSessionsAndForgetsEndedOnes()
    {
        var path = $"/v1/conversation/{_conversation}/complete";
        using var before = await PreflightAsync(path, Evil);
        await _server.AddSessionAsync(_conversation, Bound);
        using var bound = await PreflightAsync(path, Evil);
        _time.Advance(TimeSpan.FromHours(1));
        using var ended = await PreflightAsync(path, Evil);

        Assert.Equal("*", before.Header("Access-Control-Allow-Origin"));
        Assert.False(bound.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("*", ended.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_OfAConversationThatWasDeleted_IsAsOpenAsAnyOther()
    {
        var path = $"/v1/conversation/{_conversation}/complete";
        await _server.AddSessionAsync(_conversation, Bound);
        using var bound = await PreflightAsync(path, Evil);
        using var owner = _server.Client();
        await owner.ReadAsync(HttpMethod.Post, $"conversation/{_conversation}/delete", "{}");
        using var gone = await PreflightAsync(path, Evil);

        Assert.False(bound.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("*", gone.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Server_WithPagesOfItsOwn_KnowsNoOthers()
    {
        await using var server = await ServerFactory.StartAsync(
            settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOWED_ORIGINS"] = $"{Shop}, capacitor://localhost" });
        var conversation = await server.AddConversationAsync();
        var path = $"/v1/conversation/{conversation}/message/list";
        using var shop = await server.ClientAsync(await server.AddSessionAsync(conversation), Shop);
        using var evil = await server.ClientAsync(await server.AddSessionAsync(conversation), Evil);
        using var owner = server.Client();
        owner.DefaultRequestHeaders.Add("Origin", Evil);

        using var allowed = await shop.SendAsync(HttpMethod.Get, path);
        using var refused = await evil.SendAsync(HttpMethod.Get, path);
        using var unreadable = await owner.SendAsync(HttpMethod.Get, path);

        Assert.Equal(Shop, allowed.Header("Access-Control-Allow-Origin"));
        await refused.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
        Assert.False(unreadable.Headers.Contains("Access-Control-Allow-Origin"));
        using var preflight = await PreflightAsync(path, Evil, server);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://shop.example/")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example,javascript:alert(1)")]
    [InlineData("null")]
    [InlineData(",")]
    public async Task Setting_ThatIsNoOrigin_StopsTheStart(string value)
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => ServerFactory.StartAsync(
            settings: new Dictionary<string, string?> { ["CHATBOTKIT_ALLOWED_ORIGINS"] = value }));

        Assert.Contains("CHATBOTKIT_ALLOWED_ORIGINS", failure.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> ListAsync(string? origins, string? origin)
    {
        using var client = await _server.ClientAsync(await _server.AddSessionAsync(_conversation, origins), origin);
        return await client.SendAsync(HttpMethod.Get, ListPath);
    }

    private Task<HttpResponseMessage> PreflightAsync(string path, string origin, ServerFactory? server = null) =>
        (server ?? _server).PreflightAsync(path, origin, verb: path.EndsWith("/list", StringComparison.Ordinal) ? "GET" : "POST");
}
