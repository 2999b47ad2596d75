using System.Collections.Concurrent;
using System.Net;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.Tests;

/// <summary>The HTTP requests of registered clients and of the session validation.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string UserAgent, string Cookie)> _requests = [];
    private WebApplication _server = null!;
    private RequestDelegate _answer = static context => context.Response.WriteAsync("""{"id":"c1","createdAt":1,"updatedAt":1,"keys":[]}""");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => _server.Urls.Single();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context =>
        {
            var headers = context.Request.Headers;
            _requests.Enqueue((context.Request.Path, headers.UserAgent.ToString(), headers.Cookie.ToString()));
            context.Response.ContentType = "application/json";
            context.Response.Headers.SetCookie = "account=a; path=/";
            return _answer(context);
        });
        await _server.StartAsync(Token);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Request_NamesTheProduct_KeepsNoCookie_AndGoesUnderThePathOfTheAddress()
    {
        await using var services = Services();
        var client = services.GetRequiredService<ConversationClient>();

        await client.FetchAsync("c1", Token);
        await client.FetchAsync("c1", Token);

        Assert.All(_requests, request =>
        {
            Assert.Equal("/bots/api/v1/conversation/c1/fetch", request.Path);
            Assert.StartsWith("ChatBotKit/", request.UserAgent, StringComparison.Ordinal);
            Assert.Empty(request.Cookie);
        });
    }

    [Fact]
    public async Task OwnName_OfTheHttpClient_Stays()
    {
        await using var services = Services(http => http.ConfigureHttpClient(client => client.DefaultRequestHeaders.UserAgent.ParseAdd("shop/1")));

        await services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token);

        Assert.Equal("shop/1", Assert.Single(_requests).UserAgent);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        _answer = static context =>
        {
            context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await using var services = Services();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => services.GetRequiredService<ConversationClient>().CreateAsync(cancellationToken: Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
        Assert.Contains("/elsewhere", failure.Message, StringComparison.Ordinal);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task Handler_CallsThisMachinePastTheProxy()
    {
        await using var services = Services();

        HttpMessageHandler? handler = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("ChatBotKit");
        while (handler is DelegatingHandler outer)
            handler = outer.InnerHandler;

        var proxy = Assert.IsType<SocketsHttpHandler>(handler).Proxy;
        Assert.NotNull(proxy);
        Assert.True(proxy.IsBypassed(new Uri("http://127.0.0.1:8080/")));
        Assert.Null(proxy.GetProxy(new Uri("http://localhost:8080/")));
    }

    [Fact]
    public async Task Refusal_OfAProxy_NamesIt()
    {
        _answer = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("<html>No.</html>");
        };
        var all = new ServiceCollection();
        all.AddChatBotKit(options =>
            {
                options.Secret = "sk-of-the-http-tests";
                options.BaseUrl = new Uri("http://chat.invalid");
            })
            .UseSocketsHttpHandler((handler, _) => handler.Proxy = new WebProxy(Address));
        await using var services = all.BuildServiceProvider();

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token));

        Assert.Contains($"the proxy {new Uri(Address).Authority}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_HasNoLimitOfTimeOfItsOwn_AndItsHandlerStays()
    {
        await using var services = Services();

        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("ChatBotKit");
        var settings = services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("ChatBotKit");

        Assert.Equal(Timeout.InfiniteTimeSpan, http.Timeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, settings.HandlerLifetime);
    }

    [Theory]
    [InlineData("/bots")]
    [InlineData("/bots/")]
    [InlineData("")]
    public async Task Keys_AreFetchedUnderThePathOfTheAuthority_ByName(string path)
    {
        await using var site = await Site.StartAsync(
            services =>
            {
                services.AddChatBotKitSessionValidation(options => options.Authority = new Uri(Address + path));
                services.AddAuthorization();
            },
            app => app.MapGet("/me", () => "in").RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(ChatBotKitSessionDefaults.AuthenticationScheme).RequireAuthenticatedUser()));
        using var http = site.Client(user: null);
        http.DefaultRequestHeaders.Authorization = new("Bearer", KeyServer.Sign(KeyServer.NewKey("k1"), DateTimeOffset.UnixEpoch));

        using var refused = await http.SendAsync(HttpMethod.Get, "/me");

        var (asked, userAgent, _) = Assert.Single(_requests);
        Assert.Equal($"{path.TrimEnd('/')}/.well-known/jwks.json", asked);
        Assert.Matches(@"^ChatBotKit\S*/\d", userAgent);
    }

    private ServiceProvider Services(Action<IHttpClientBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var http = services.AddChatBotKit(options =>
        {
            options.Secret = "sk-of-the-http-tests";
            options.BaseUrl = new Uri($"{Address}/bots/");
        });
        configure?.Invoke(http);
        return services.BuildServiceProvider();
    }
}
