using System.Net;
using System.Net.Http.Headers;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Security;

public sealed class OwnerBootstrapTests : IDisposable
{
    private const string FirstSecret = "chosen-by-the-owner-1";
    private const string SecondSecret = "chosen-by-the-owner-2";

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task FirstStart_WithoutASecret_MakesOneThatWorksAndShowsItOnce()
    {
        string secret;
        await using (var app = await StartAsync(secret: null))
        {
            secret = ChatBotKitServer.NewApiSecret(app)!;
            Assert.Equal(HttpStatusCode.OK, await CallAsync(app, secret));
        }

        await using var again = await StartAsync(secret: null);
        Assert.Null(ChatBotKitServer.NewApiSecret(again));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(again, secret));
    }

    [Fact]
    public async Task ConfiguredSecret_IsAcceptedAndNotShown()
    {
        await using var app = await StartAsync(FirstSecret);

        Assert.Null(ChatBotKitServer.NewApiSecret(app));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(app, FirstSecret));
    }

    [Fact]
    public async Task ChangedSecret_ReplacesTheConfiguredOne()
    {
        await using (await StartAsync(FirstSecret))
        {
        }

        await using var app = await StartAsync(SecondSecret);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(app, SecondSecret));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(app, FirstSecret));
    }

    [Fact]
    public async Task LaterSecret_OpensTheSameAccountBesideTheMadeOne()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
            made = ChatBotKitServer.NewApiSecret(first)!;

        await using var app = await StartAsync(FirstSecret);
        Assert.Equal(await AccountAsync(app, made), await AccountAsync(app, FirstSecret));
    }

    [Fact]
    public async Task RemovedSetting_LeavesTheSecretGood()
    {
        await using (await StartAsync(FirstSecret))
        {
        }

        await using var app = await StartAsync(secret: null);
        Assert.Null(ChatBotKitServer.NewApiSecret(app));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(app, FirstSecret));
    }

    private Task<WebApplication> StartAsync(string? secret) => ServerFactory.StartInAsync(
        _directory,
        app => app.MapApi(api => api.MapGet("/who", (Caller caller) => caller.AccountId)),
        settings: new Dictionary<string, string?> { ["CHATBOTKIT_API_SECRET"] = secret });

    private static async Task<HttpStatusCode> CallAsync(WebApplication app, string secret)
    {
        using var answer = await SendAsync(app, secret);
        return answer.StatusCode;
    }

    private static async Task<string> AccountAsync(WebApplication app, string secret)
    {
        using var answer = await SendAsync(app, secret);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static async Task<HttpResponseMessage> SendAsync(WebApplication app, string secret)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return await client.GetAsync("/v1/who", Token);
    }
}
