using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class ErrorAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, string> Failures => new()
    {
        { ApiException.NotFound("Conversation"), "404 NOT_FOUND: Conversation not found" },
        { ApiException.BadRequest("\"x\" is required"), "400 BAD_REQUEST: \"x\" is required" },
        { new StaleWriteException("position 3 is taken"), "409 CONFLICT: The conversation was changed at the same time; try again" },
        { new MissingParentException("row 7 is gone"), "404 NOT_FOUND: Not found" },
        { new StoreUnavailableException("disk full"), "503 SERVICE_UNAVAILABLE: The store does not answer; try again later" },
        { Provider(ModelFailure.Unauthorized), "424 PROVIDER_REFUSED: openai: mend it" },
        { Provider(ModelFailure.Rejected), "424 PROVIDER_REFUSED: openai: mend it" },
        { Provider(ModelFailure.Unavailable), "502 BAD_GATEWAY: openai: mend it" },
        { Provider(ModelFailure.Broken), "502 BAD_GATEWAY: openai: mend it" },
        { Provider(ModelFailure.Silent), "504 GATEWAY_TIMEOUT: openai: mend it" },
        { Provider(ModelFailure.RateLimited), "502 BAD_GATEWAY: openai: mend it" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Handler_ThatThrows_IsAnsweredWithCodeAndMessage(Exception failure, string expected)
    {
        await using var server = await ServerFactory.StartAsync(app => MapFailure(app, failure));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/fail");

        await answer.AssertRefusedAsync(expected);
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    public static TheoryData<Exception, string> FailuresOfModels => new()
    {
        { Provider(ModelFailure.Unauthorized), "424 PROVIDER_REFUSED" },
        { Provider(ModelFailure.Rejected), "424 PROVIDER_REFUSED" },
        { Provider(ModelFailure.Unavailable), "502 BAD_GATEWAY" },
        { Provider(ModelFailure.Broken), "502 BAD_GATEWAY" },
        { Provider(ModelFailure.Silent), "504 GATEWAY_TIMEOUT" },
        { Provider(ModelFailure.RateLimited), "502 BAD_GATEWAY" },
        { new ModelReferenceException("openai: mend it"), "400 BAD_REQUEST" },
    };

    [Theory]
    [MemberData(nameof(FailuresOfModels), DisableDiscoveryEnumeration = true)]
    public async Task Handler_ThatThrowsForTheHolderOfASession_TellsTheCodeAndNoWordOfTheProvider(Exception failure, string expected)
    {
        await using var server = await ServerFactory.StartAsync(app => MapFailure(app, failure));
        using var holder = await server.ClientAsync(await server.AddSessionAsync(await server.AddConversationAsync()));

        using var answer = await holder.SendAsync(HttpMethod.Get, "/v1/fail");

        var told = await answer.AssertRefusedAsync(expected);
        Assert.DoesNotContain("openai", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_ThatFailsUnexpectedly_TellsNothingButTheRequestId()
    {
        await using var server = await ServerFactory.StartAsync(
            app => MapFailure(app, new InvalidOperationException("Password=hunter2")));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/fail");

        await answer.AssertRefusedAsync("500 INTERNAL_SERVER_ERROR");
        Assert.DoesNotContain("hunter2", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Header("X-Request-Id")!);
    }

    [Fact]
    public async Task Message_ThatIsLong_IsCut()
    {
        await using var server = await ServerFactory.StartAsync(app => MapFailure(app, ApiException.BadRequest(new string('x', 1_000_000))));

        await server.Client().AssertRefusedAsync($"400 BAD_REQUEST: {new string('x', 8_192)}…", HttpMethod.Get, "/v1/fail");
    }

    [Fact]
    public async Task RateLimit_OfTheProvider_PassesItsRetryAfterOn()
    {
        await using var server = await ServerFactory.StartAsync(app => MapFailure(app, Provider(ModelFailure.RateLimited)));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/fail");

        Assert.Equal("3", answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("LIMITS_REACHED", 429, true)]
    [InlineData("NOT_AUTHORIZED", 403, true)]
    [InlineData("NOT_FOUND", 404, false)]
    public async Task FailureCodeHeader_IsOn403And429Alone(string code, int status, bool hasHeader)
    {
        await using var server = await ServerFactory.StartAsync(
            app => MapFailure(app, new ApiException(new ErrorCode(code, status), "no")));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/fail");

        Assert.Equal(hasHeader ? code : null, answer.Header("X-Failure-Code"));
    }

    [Fact]
    public async Task NotModified_HasNoBody()
    {
        await using var server = await ServerFactory.StartAsync(
            app => MapFailure(app, new ApiException(ErrorCode.NotModified, "has a contact")));

        using var answer = await server.Client().SendAsync(HttpMethod.Get, "/v1/fail");

        Assert.Equal("304", await answer.CodeAsync());
        Assert.Empty(await answer.TextAsync());
    }

    [Theory]
    [InlineData("/v1/nothing/here")]
    [InlineData("/api/v1/nothing/here")]
    [InlineData("/nothing")]
    public async Task UnknownRoute_Is404WithoutAskingForACredential(string path)
    {
        await using var server = await ServerFactory.StartAsync();

        await server.Client(credential: null).AssertRefusedAsync("404 NOT_FOUND: Not found", HttpMethod.Get, path);
    }

    [Fact]
    public async Task WrongVerb_Is405WithAllowBeforeAuthentication()
    {
        await using var server = await ServerFactory.StartAsync(app => MapFailure(app, ApiException.NotFound("x")));

        using var answer = await server.Client(credential: null).SendAsync(HttpMethod.Delete, "/v1/fail");

        await answer.AssertRefusedAsync("405 METHOD_NOT_ALLOWED: Method not allowed");
        Assert.Equal("GET", answer.Header("Allow"));
    }

    [Fact]
    public async Task Failure_AfterTheAnswerBegan_CutsTheConnection()
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapApi(api => api.MapGet("/half", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half", Token);
            await context.Response.Body.FlushAsync(Token);
            throw new InvalidOperationException("broke");
        })));

        var reading = server.Client().ReadTextAsync("/v1/half");

        await Assert.ThrowsAsync<HttpRequestException>(() => reading);
    }

    private static ModelProviderException Provider(ModelFailure failure) =>
        new("openai", failure, "openai: mend it", TimeSpan.FromSeconds(2.2));

    private static void MapFailure(WebApplication app, Exception failure) =>
        app.MapApi(api => api.MapGet("/fail", () => Throw(failure)).AllowAnySession());

    private static IResult Throw(Exception failure) => throw failure;
}
