using System.Net;
using System.Text;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Tests.Http;

public sealed class JsonBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_ThatFits_ReachesTheHandler()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().PostJsonAsync("/v1/echo", """{"name":"Zoë 🐈","messages":[{"type":"user","text":"hi"}]}""");

        Assert.Equal("Zoë 🐈/1", (await answer.JsonAsync())["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task MissingBody_WithoutContentType_CountsAsEmptyObject()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().PostAsync("/v1/echo", content: null, Token);

        Assert.Equal("/0", (await answer.JsonAsync())["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task OtherContentType_Is415BeforeAuthentication(string contentType)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        using var content = new StringContent("{}", Encoding.UTF8, contentType);

        using var answer = await server.Client(credential: null).PostAsync("/v1/echo", content, Token);

        Assert.Equal("415 UNSUPPORTED_MEDIA_TYPE: The content type must be application/json", await answer.ErrorAsync());
    }

    [Fact]
    public async Task OtherContentType_OfAKindOfResources_Is415BeforeAuthentication()
    {
        await using var server = await ServerFactory.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        using var answer = await server.Client(credential: null).PostAsync("/v1/bot/create", content, Token);

        Assert.Equal("415 UNSUPPORTED_MEDIA_TYPE: The content type must be application/json", await answer.ErrorAsync());
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

        using var answer = await server.Client().PostAsync("/v1/echo", content, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task BadBody_OfAStranger_Is401AndSaysNothingOfTheBody()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client("sk-unknown-unknown-unknown").PostJsonAsync("/v1/echo", "{ nonsense");

        Assert.Equal("401 NOT_AUTHENTICATED: Not authenticated", await answer.ErrorAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OverTheLimit_Is413AlsoWhenChunked(bool chunked)
    {
        var settings = new Dictionary<string, string?> { ["CHATBOTKIT_MAX_BODY_BYTES"] = "2048" };
        await using var server = await ServerFactory.StartAsync(MapEcho, settings: settings);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo")
        {
            Content = HttpAnswers.Json($$"""{"name":"{{new string('x', 4000)}}"}"""),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await server.Client().SendAsync(request, Token);

        Assert.Equal("413 CONTENT_TOO_LARGE: The request body is too large", await answer.ErrorAsync());
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

        using var answer = await client.PostJsonAsync("/v1/echo", $$"""{"name":"{{first}}"}""");
        using var refused = await client.PostJsonAsync("/v1/echo", $$"""{"name":"{{second}}","name":"b","foo":1}""");
        using var next = await client.PostJsonAsync("/v1/echo", $$"""{"name":"{{second}}"}""");

        Assert.Equal($"{first}/0", (await answer.JsonAsync())["id"]!.GetValue<string>());
        Assert.Equal("400 BAD_REQUEST: \"name\" is given twice; \"foo\" is not allowed", await refused.ErrorAsync());
        Assert.Equal($"{second}/0", (await next.JsonAsync())["id"]!.GetValue<string>());
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

        using var plain = await client.PostJsonAsync("/v1/items", "{}");
        client.DefaultRequestHeaders.Add("Origin", "https://page.example");
        using var page = await client.PostJsonAsync("/v1/items", "{}");

        Assert.Equal([false, true], items);
        Assert.False(plain.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(["*"], page.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task LargeBody_WithinTheLimit_IsRead()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);
        var name = new string('y', 4_000_000);

        using var answer = await server.Client().PostJsonAsync("/v1/echo", $$"""{"name":"{{name}}"}""");

        Assert.Equal(name.Length + 2, (await answer.JsonAsync())["id"]!.GetValue<string>().Length);
    }

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"name":"a","meta":{"deep":["\ud83d"]}}""")]
    [InlineData("""{"name":"\u0041\ud83d\u0041"}""")]
    public async Task Body_WithHalfAPairOfSurrogates_IsRefused(string body)
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().PostJsonAsync("/v1/echo", body);

        Assert.Equal("400 BAD_REQUEST: The request body holds text that is not valid Unicode", await answer.ErrorAsync());
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

        using var answer = await server.Client().PostAsync("/v1/echo", content, Token);

        Assert.Equal("400 BAD_REQUEST: The request body holds text that is not valid Unicode", await answer.ErrorAsync());
    }

    [Fact]
    public async Task Body_WithAWholePairOfSurrogates_IsRead()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().PostJsonAsync("/v1/echo", """{"name":"\ud83d\ude00"}""");

        Assert.StartsWith("😀", (await answer.JsonAsync())["id"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_OfTheBody_AreNamedAllAtOnce()
    {
        await using var server = await ServerFactory.StartAsync(MapEcho);

        using var answer = await server.Client().PostJsonAsync(
            "/v1/echo", """{"foo":1,"name":{},"messages":[{"type":"user","text":"a"},{"text":7}]}""");

        Assert.Equal(
            "400 BAD_REQUEST: \"foo\" is not allowed; \"name\" must be a string; \"messages[1].text\" must be a string; "
            + "\"messages[1].type\" is required",
            await answer.ErrorAsync());
    }

    private static void MapEcho(WebApplication app) => app.MapApi(api => api.MapPost("/echo", Echo));

    private static JsonAnswer<IdResponse> Echo(JsonBody<ConversationCreateRequest> body, Caller caller)
    {
        Assert.NotEmpty(caller.AccountId);
        return JsonAnswer.Of(new IdResponse { Id = $"{body.Value.Name}/{body.Value.Messages?.Count ?? 0}" });
    }
}
