using ChatBotKit.Server.Tests;
using ChatBotKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.Tests;

/// <summary>
/// A token that depends on the request: each request has its own, and no request gets one that was created without a scope.
/// </summary>
public sealed class SecretScopeTests
{
    private const string Conversation = """{"id":"c1","createdAt":1,"updatedAt":1}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Endpoint_SendsTheTokenOfItsOwnRequest(bool validateScopes)
    {
        var handler = new ScriptedApi().On("GET /api/v1/conversation/{id}/fetch", ScriptedAnswer.OfText(Conversation));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseDefaultServiceProvider(options => options.ValidateScopes = validateScopes);
        builder.Services.AddScoped<Tenant>();
        AddClients(builder.Services, handler);
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<Tenant>().Token = context.Request.Query["tenant"];
            return next(context);
        });
        app.MapGet("/", async (ConversationClient client, CancellationToken token) => (await client.FetchAsync("c1", token)).Id);
        app.MapGet("/api", async (ChatBotKitApi api, CancellationToken token) => (await api.Conversation.FetchAsync("c1", token)).Id);
        await app.StartAsync(Token);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        await http.ReadTextAsync("/?tenant=token-of-A");
        await http.ReadTextAsync("/?tenant=token-of-B");
        await http.ReadTextAsync("/api?tenant=token-of-C");

        Assert.Equal(
            ["Bearer token-of-A", "Bearer token-of-B", "Bearer token-of-C"],
            handler.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_OfNoScope_IsRefusedAScopedService_AndSaysHow(bool validateScopes)
    {
        var handler = new ScriptedHandler();
        await using var services = new ServiceCollection().AddScoped<Tenant>().Also(all => AddClients(all, handler))
            .BuildServiceProvider(validateScopes);

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token));

        Assert.Contains("Tenant", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("scope", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    /// <summary>Every way in which a SecretProvider may resolve a scoped service.</summary>
    private static readonly Dictionary<string, Func<IServiceProvider, object?>> Ways = new()
    {
        ["required"] = services => services.GetRequiredService<Tenant>(),
        ["optional"] = services => services.GetService<Tenant>(),
        ["all of it"] = services => services.GetServices<Tenant>().First(),
        ["keyed"] = services => services.GetKeyedService<Tenant>("shop"),
        ["required and keyed"] = services => services.GetRequiredKeyedService<Tenant>("shop"),
        ["generic"] = services => services.GetRequiredService<IOptionsSnapshot<Tenant>>(),
        ["through the provider of services"] = services => services.GetRequiredService<IServiceProvider>().GetService<Tenant>(),
    };

    public static TheoryData<string> WayNames => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(WayNames))]
    public async Task Client_OfNoScope_IsRefusedAScopedService_HoweverItIsAskedFor(string way)
    {
        var handler = new ScriptedHandler().Answer(Conversation);
        var all = new ServiceCollection().AddScoped(_ => new Tenant { Token = "sk-of-nobody" })
            .AddKeyedScoped("shop", (_, _) => new Tenant { Token = "sk-of-nobody" });
        all.AddOptions();
        all.AddChatBotKit(options => options.SecretProvider = (services, _) => new(Ways[way](services) is null ? "none" : "sk-of-nobody"))
            .ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var services = all.BuildServiceProvider();

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token));

        Assert.Contains("the scoped service", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Client_OfNoScope_SeesSingletons()
    {
        var handler = new ScriptedHandler().Answer(Conversation);
        await using var services = new ServiceCollection().AddSingleton(new Tenant { Token = "sk-of-all" }).Also(all => AddClients(all, handler))
            .BuildServiceProvider(validateScopes: true);

        await services.GetRequiredService<ChatBotKitApi>().Conversation.FetchAsync("c1", Token);

        Assert.Equal("Bearer sk-of-all", handler.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task ClientsOfTwoScopes_ShareTheirConnections_AndWhatIsKnownOfTheServer()
    {
        var handler = new ScriptedHandler()
            .Answer(Conversation, headers: ("Idempotency-Key-Supported", "true"))
            .Answer("", 500)
            .Answer("""{"id":"c1"}""");
        await using var services = new ServiceCollection().AddScoped(_ => new Tenant { Token = "sk-t" }).Also(all => AddClients(all, handler))
            .BuildServiceProvider(validateScopes: true);
        await using (var first = services.CreateAsyncScope())
            await first.ServiceProvider.GetRequiredService<ConversationClient>().FetchAsync("c1", Token);
        await using var second = services.CreateAsyncScope();

        Assert.Equal("c1", (await second.ServiceProvider.GetRequiredService<ConversationClient>().DeleteAsync("c1", Token)).Id);
    }

    [Fact]
    public async Task KeyedClients_HaveTheirOwnProviders()
    {
        var (shop, forum) = (new ScriptedHandler().Answer(Conversation), new ScriptedHandler().Answer(Conversation));
        await using var services = new ServiceCollection().AddScoped(_ => new Tenant { Token = "sk-t" })
            .Also(all => AddClients(all, shop, "shop"))
            .Also(all => all.AddChatBotKit("forum", options => options.Secret = "sk-forum").ConfigurePrimaryHttpMessageHandler(() => forum))
            .BuildServiceProvider(validateScopes: true);
        await using var scope = services.CreateAsyncScope();

        await scope.ServiceProvider.GetRequiredKeyedService<ConversationClient>("shop").FetchAsync("c1", Token);
        await scope.ServiceProvider.GetRequiredKeyedService<ConversationClient>("forum").FetchAsync("c1", Token);

        Assert.Equal(("Bearer sk-t", "Bearer sk-forum"), (shop.Requests[0].Headers["Authorization"], forum.Requests[0].Headers["Authorization"]));
    }

    private static void AddClients(IServiceCollection services, HttpMessageHandler handler, string? name = null)
    {
        var http = name is null ? services.AddChatBotKit(Configure) : services.AddChatBotKit(name, Configure);
        http.ConfigurePrimaryHttpMessageHandler(() => handler);

        static void Configure(ChatBotKitOptions options)
        {
            options.BaseUrl = new Uri("http://chat.test");
            options.RetryDelay = TimeSpan.Zero;
            options.SecretProvider = (services, _) => new(services.GetRequiredService<Tenant>().Token ?? "none");
        }
    }

    private sealed class Tenant
    {
        public string? Token { get; set; }
    }
}
