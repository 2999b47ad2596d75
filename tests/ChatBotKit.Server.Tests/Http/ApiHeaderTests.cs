using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class ApiHeaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryApiAnswer_CarriesRequestIdAndIdempotencySupport()
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();

        using var first = await client.SendAsync(HttpMethod.Get, "/v1/ping");
        using var second = await client.SendAsync(HttpMethod.Get, "/v1/unknown");

        Assert.NotEqual(first.Header("X-Request-Id"), second.Header("X-Request-Id"));
        Assert.Equal("true", first.Header("Idempotency-Key-Supported"));
        Assert.Equal("true", second.Header("Idempotency-Key-Supported"));
    }

    [Fact]
    public async Task Preflight_OfAnyOrigin_IsAnsweredWithoutACredential()
    {
        await using var server = await ServerFactory.StartAsync(MapPing);

        using var answer = await server.PreflightAsync(
            "/v1/ping", "https://shop.example", "authorization,idempotency-key,last-event-id,x-timezone,x-runas-user-id");

        Assert.Equal("204", await answer.CodeAsync());
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET,POST,PUT", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("7200", answer.Header("Access-Control-Max-Age"));
        Assert.Equal(
            "X-Requested-With,Accept,Content-Length,Content-Type,Authorization,X-Timezone,Idempotency-Key,Last-Event-ID,"
            + "X-RunAs-User-Id,X-RunAs-Child-User-Email",
            answer.Header("Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("/v1/ping", "200")]
    [InlineData("/v1/unknown", "404 NOT_FOUND")]
    public async Task Answer_ToAnotherOrigin_IsReadableWithItsHeaders(string path, string code)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        using var answer = await client.SendAsync(HttpMethod.Get, path);

        Assert.Equal(code, await answer.CodeAsync());
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(
            "X-Run-Id,X-Request-Id,X-Failure-Code,Retry-After,Idempotency-Key-Supported,Idempotent-Replayed,ETag,Accept-Ranges,Content-Range",
            answer.Header("Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData("OPTIONS", "{}")]
    [InlineData("HEAD", "")]
    public async Task OptionsAndHead_AreAnsweredBeforeAuthentication(string method, string body)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);

        using var answer = await server.Client(credential: null).SendAsync(new HttpMethod(method), "ping");

        await answer.AssertOkAsync();
        Assert.Equal(body, await answer.TextAsync());
    }

    [Theory]
    [InlineData("Europe/Sofia", "Europe/Sofia")]
    [InlineData(null, "UTC")]
    public async Task Timezone_OfTheRequest_IsTheOneThatIsNamed(string? header, string expected)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Timezone", header is null ? [] : [header]);

        Assert.Equal(expected, await client.ReadTextAsync("/v1/zone"));
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    public async Task Timezone_ThatDoesNotExist_Is400NamingTheHeader(string header)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Timezone", header);

        await client.AssertRefusedAsync("400 BAD_REQUEST: The header X-Timezone*", HttpMethod.Get, "/v1/zone");
    }

    private static void MapPing(WebApplication app) => app.MapApi(api =>
    {
        api.MapGet("/ping", () => JsonAnswer.Of(new IdResponse { Id = "ping" }));
        api.MapGet("/zone", (HttpContext context) => RequestTimeZone.From(context));
    });
}
