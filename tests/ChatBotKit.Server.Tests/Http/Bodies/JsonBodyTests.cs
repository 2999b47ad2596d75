using System.Text;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Tests.Http;

public sealed class JsonBodyTests
{
    [Fact]
    public async Task Body_ThatFits_ReachesTheHandler()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().SendAsync(HttpMethod.Post, "/v1/echo", """{"name":"Zoë 🐈","messages":[{"type":"user","text":"hi"}]}""");

        Assert.Equal("Zoë 🐈/1", (await answer.JsonAsync()).Text("id"));
    }

    [Fact]
    public async Task MissingBody_WithoutContentType_CountsAsEmptyObject()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().SendAsync(HttpMethod.Post, "/v1/echo");

        Assert.Equal("/0", (await answer.JsonAsync()).Text("id"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task OtherContentType_Is415BeforeAuthentication(string contentType)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        using var content = new StringContent("{}", Encoding.UTF8, contentType);

        await server.Client(credential: null).AssertRefusedAsync("415 UNSUPPORTED_MEDIA_TYPE: The content type must be application/json", HttpMethod.Post, "/v1/echo", content);
    }

    [Fact]
    public async Task OtherContentType_OfAKindOfResources_Is415BeforeAuthentication()
    {
        await using var server = await ServerFactory.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        await server.Client(credential: null).AssertRefusedAsync("415 UNSUPPORTED_MEDIA_TYPE: The content type must be application/json", HttpMethod.Post, "/v1/bot/create", content);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON ; charset=utf-8", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("application/jsonl", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("; application/json", false)]
    public void ContentType_IsTaken_WhenItIsJsonOrNone(string? contentType, bool isTaken) =>
        Assert.Equal(isTaken, JsonRequest.Takes(contentType));

    [Fact]
    public async Task Body_WithoutContentType_Is415()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        using var content = new ByteArrayContent("{}"u8.ToArray());

        await server.Client().AssertRefusedAsync("415 UNSUPPORTED_MEDIA_TYPE", HttpMethod.Post, "/v1/echo", content);
    }

    [Fact]
    public async Task BadBody_OfAStranger_Is401AndSaysNothingOfTheBody()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        await server.Client("sk-unknown-unknown-unknown").AssertRefusedAsync("401 NOT_AUTHENTICATED: Not authenticated", HttpMethod.Post, "/v1/echo", "{ nonsense");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OverTheLimit_Is413AlsoWhenChunked(bool chunked)
    {
        var settings = new Dictionary<string, string?> { ["CHATBOTKIT_MAX_BODY_BYTES"] = "2048" };
        await using var server = await ServerFactory.StartAsync(MapEcho, settings: settings);

        using var answer = await server.Client().SendAsync(
            HttpMethod.Post, "/v1/echo", $$"""{"name":"{{new string('x', 4000)}}"}""", headers: chunked ? [("Transfer-Encoding", "chunked")] : []);

        await answer.AssertRefusedAsync("413 CONTENT_TOO_LARGE: The request body is too large");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    public async Task Bodies_OnOneConnection_AreReadOneAfterAnother(int length)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        using var client = server.Client();
        var (first, second) = (new string('x', length), new string('y', length));

        using var answer = await client.SendAsync(HttpMethod.Post, "/v1/echo", $$"""{"name":"{{first}}"}""");
        using var refused = await client.SendAsync(HttpMethod.Post, "/v1/echo", $$"""{"name":"{{second}}","name":"b","foo":1}""");
        using var next = await client.SendAsync(HttpMethod.Post, "/v1/echo", $$"""{"name":"{{second}}"}""");

        Assert.Equal($"{first}/0", (await answer.JsonAsync()).Text("id"));
        await refused.AssertRefusedAsync("400 BAD_REQUEST: \"name\" is given twice; \"foo\" is not allowed");
        Assert.Equal($"{second}/0", (await next.JsonAsync()).Text("id"));
    }

    /// <summary>For a request with items, the framework allocates a dictionary and a wrapper.</summary>
    [Fact]
    public async Task RequestOfNoPage_HasNoItems()
    {
        var items = new List<bool>();
        await using var server = await ServerFactory.StartAsync(app => app.MapApi(api => api.MapPost("/items", (HttpContext context, JsonBody<ConversationCreateRequest> body) =>
        {
            items.Add(context.Features.Get<IItemsFeature>() is not null);
            return JsonAnswer.Of(new IdResponse { Id = body.Value.Name ?? "" });
        })));
        using var client = server.Client();

        using var plain = await client.SendAsync(HttpMethod.Post, "/v1/items", "{}");
        client.DefaultRequestHeaders.Add("Origin", "https://page.example");
        using var page = await client.SendAsync(HttpMethod.Post, "/v1/items", "{}");

        Assert.Equal([false, true], items);
        Assert.False(plain.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(["*"], page.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task LargeBody_WithinTheLimit_IsRead()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        var name = new string('y', 4_000_000);

        using var answer = await server.Client().SendAsync(HttpMethod.Post, "/v1/echo", $$"""{"name":"{{name}}"}""");

        Assert.Equal(name.Length + 2, (await answer.JsonAsync()).Text("id")!.Length);
    }

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"name":"a","meta":{"deep":["\ud83d"]}}""")]
    [InlineData("""{"name":"\u0041\ud83d\u0041"}""")]
    public async Task Body_WithHalfAPairOfSurrogates_IsRefused(string body)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        await server.Client().AssertRefusedAsync("400 BAD_REQUEST: The request body holds text that is not valid Unicode", HttpMethod.Post, "/v1/echo", body);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task Body_WithBytesThatAreNoUtf8_IsRefused(int length)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', length)}}"""), 0xC3, .. "\"}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        await server.Client().AssertRefusedAsync("400 BAD_REQUEST: The request body holds text that is not valid Unicode", HttpMethod.Post, "/v1/echo", content);
    }

    [Fact]
    public async Task Body_WithAWholePairOfSurrogates_IsRead()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().SendAsync(HttpMethod.Post, "/v1/echo", """{"name":"\ud83d\ude00"}""");

        Assert.StartsWith("😀", (await answer.JsonAsync()).Text("id")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_OfTheBody_AreNamedAllAtOnce()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().SendAsync(
            HttpMethod.Post, "/v1/echo", """{"foo":1,"name":{},"messages":[{"type":"user","text":"a"},{"text":7}]}""");

        await answer.AssertRefusedAsync("400 BAD_REQUEST: \"foo\" is not allowed; \"name\" must be a string; \"messages[1].text\" must be a string; "
            + "\"messages[1].type\" is required");
    }

    private static void MapEcho(WebApplication app) => app.MapApi(api => api.MapPost("/echo", Echo));

    private static JsonAnswer<IdResponse> Echo(JsonBody<ConversationCreateRequest> body, Caller caller)
    {
        Assert.NotEmpty(caller.AccountId);
        return JsonAnswer.Of(new IdResponse { Id = $"{body.Value.Name}/{body.Value.Messages?.Count ?? 0}" });
    }
}
