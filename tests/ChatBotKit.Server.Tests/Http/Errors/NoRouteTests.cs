namespace ChatBotKit.Server.Tests.Http;

/// <summary>A request without a route says whether its address or its verb is wrong.</summary>
public sealed class NoRouteTests : IAsyncLifetime
{
    private ServerFactory _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v1/bot/some-id/fetch", "404 NOT_FOUND")]
    [InlineData("GET", "/v1/conversation/nothing/fetch", "404 NOT_FOUND")]
    [InlineData("GET", "/v1/magic/list/more", "404 NOT_FOUND")]
    [InlineData("POST", "/v1/magic//generate", "404 NOT_FOUND")]
    [InlineData("GET", "/v1/nothing", "404 NOT_FOUND")]
    [InlineData("GET", "/bot/list", "404 NOT_FOUND")]
    [InlineData("GET", "/v1", "404 NOT_FOUND")]
    [InlineData("DELETE", "/v1/magic/list", "405 METHOD_NOT_ALLOWED")]
    [InlineData("DELETE", "/v1/conversation/list", "405 METHOD_NOT_ALLOWED")]
    public async Task Request_IsToldWhy(string verb, string path, string expected)
    {
        using var answer = await _server.Client().SendAsync(new HttpMethod(verb), path);

        await answer.AssertRefusedAsync(expected);
        Assert.Equal(expected.StartsWith("405", StringComparison.Ordinal), answer.Content.Headers.Allow.Count > 0);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Question_AboutAPathWithoutARoute_Is404(string verb)
    {
        using var answer = await _server.Client().SendAsync(new HttpMethod(verb), "/v1/nothing");

        Assert.Equal(404, (int)answer.StatusCode);
    }
}
