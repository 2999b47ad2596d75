using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Extensions.Tests;

/// <summary>Origins of apps and extensions at the endpoint that creates sessions.</summary>
public sealed class AppOriginTests
{
    private const string Extension = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("capacitor://localhost")]
    [InlineData("ionic://localhost")]
    [InlineData("tauri://localhost")]
    [InlineData("app.x-1+y://host:8080")]
    [InlineData(Extension)]
    public async Task Origin_ThatIsAllowed_BindsTheToken(string origin)
    {
        await using var api = await EchoApi.StartAsync();
        await using var site = await SiteAsync(api, origin);

        using var answer = await AskForSessionAsync(site, origin);

        await answer.AssertOkAsync();
        Assert.Equal([origin], api.Bodies.Last(body => body["origins"] is not null)["origins"]!.AsArray().Select(one => (string)one!));
    }

    [Theory]
    [InlineData("capacitor://otherhost")]
    [InlineData("capacitor://localhost:8080")]
    [InlineData("CAPACITOR://localhost")]
    [InlineData("ionic://127.0.0.1")]
    [InlineData("null")]
    public async Task Origin_ThatIsNotAllowed_IsRefused(string origin)
    {
        await using var api = await EchoApi.StartAsync();
        await using var site = await SiteAsync(api, "capacitor://localhost");

        using var answer = await AskForSessionAsync(site, origin);

        await answer.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
        Assert.Empty(api.Bodies);
    }

    [Fact]
    public void Origin_OfAnotherScheme_IsNotThisSite()
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Headers.Origin) = ("http", new HostString("localhost"), "capacitor://localhost");

        Assert.False(ChatOrigin.IsAllowed(request, new HashSet<string>()));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("localhost")]
    [InlineData("javascript://localhost")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///")]
    [InlineData("file://host")]
    [InlineData("capacitor://localhost/")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://user@shop.example")]
    [InlineData("https://shop.example?x")]
    [InlineData("1app://localhost")]
    [InlineData("capacitor://localhost\n")]
    public async Task Origin_ThatIsNone_IsRefusedAtTheStart(string origin)
    {
        await using var api = await EchoApi.StartAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => SiteAsync(api, origin));

        Assert.Contains(origin, failure.Message, StringComparison.Ordinal);
    }

    private static Task<Site> SiteAsync(EchoApi api, string allowed) => Site.StartAsync(
        services => services.AddChatBotKit(options => (options.Secret, options.BaseUrl, options.Retries) = ("sk-test", api.Address, 0)),
        app => app.MapChatBotKitSession("/chat/session", options => options.AllowedOrigins.Add(allowed)));

    private static async Task<HttpResponseMessage> AskForSessionAsync(Site site, string origin)
    {
        using var client = site.Client("ada");
        return await client.SendAsync(HttpMethod.Post, "/chat/session", "{}", headers: ("Origin", origin));
    }

    /// <summary>An API that records request bodies and always responds with the same session.</summary>
    private sealed class EchoApi(WebApplication app, List<JsonObject> bodies) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.Single());

        public IReadOnlyList<JsonObject> Bodies => bodies;

        public static async Task<EchoApi> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var bodies = new List<JsonObject>();
            app.MapPost("{**path}", async (HttpRequest request) =>
            {
                var body = await request.ReadFromJsonAsync<JsonObject>(request.HttpContext.RequestAborted);
                lock (bodies)
                    bodies.Add(body!);
                return Results.Content("""{"id":"c1","token":"t","expiresAt":1790000000000}""", "application/json");
            });
            await app.StartAsync(Token);
            return new EchoApi(app, bodies);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
