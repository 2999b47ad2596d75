using System.Net;
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

        using var first = await client.GetAsync("/v1/ping", Token);
        using var second = await client.GetAsync("/v1/unknown", Token);

        Assert.NotEqual(first.Header("X-Request-Id"), second.Header("X-Request-Id"));
        Assert.Equal("true", first.Header("Idempotency-Key-Supported"));
        Assert.Equal("true", second.Header("Idempotency-Key-Supported"));
    }

    [Fact]
    public async Task Preflight_OfAnyOrigin_IsAnsweredWithoutACredential()
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/ping");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key,last-event-id,x-timezone,x-runas-user-id");

        using var answer = await server.Client(credential: null).SendAsync(request, Token);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET,POST,PUT", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("7200", answer.Header("Access-Control-Max-Age"));
        Assert.Equal(
            "X-Requested-With,Accept,Content-Length,Content-Type,Authorization,X-Timezone,Idempotency-Key,Last-Event-ID,"
            + "X-RunAs-User-Id,X-RunAs-Child-User-Email",
            answer.Header("Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("/v1/ping", HttpStatusCode.OK)]
    [InlineData("/v1/unknown", HttpStatusCode.NotFound)]
    public async Task Answer_ToAnotherOrigin_IsReadableWithItsHeaders(string path, HttpStatusCode status)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        using var answer = await client.GetAsync(path, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(
            "X-Run-Id,X-Request-Id,X-Failure-Code,Retry-After,Idempotency-Key-Supported,Idempotent-Replayed",
            answer.Header("Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData("OPTIONS", "{}")]
    [InlineData("HEAD", "")]
    public async Task OptionsAndHead_AreAnsweredBeforeAuthentication(string method, string body)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/ping");

        using var answer = await server.Client(credential: null).SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
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

        Assert.Equal(expected, await client.GetStringAsync("/v1/zone", Token));
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../../etc/passwd")]
    public async Task Timezone_ThatDoesNotExist_Is400NamingTheHeader(string header)
    {
        await using var server = await ServerFactory.StartAsync(MapPing);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Timezone", header);

        using var answer = await client.GetAsync("/v1/zone", Token);

        Assert.StartsWith("400 BAD_REQUEST: The header X-Timezone", await answer.ErrorAsync(), StringComparison.Ordinal);
    }

    private static void MapPing(WebApplication app) => app.MapApi(api =>
    {
        api.MapGet("/ping", () => JsonAnswer.Of(new IdResponse { Id = "ping" }));
        api.MapGet("/zone", (HttpContext context) => RequestTimeZone.From(context));
    });
}
