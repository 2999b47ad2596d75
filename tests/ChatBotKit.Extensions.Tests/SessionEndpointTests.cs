using System.Text.Json;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.Tests;

/// <summary>The endpoint that creates sessions for users of a site, with the server.</summary>
public sealed class SessionEndpointTests : IAsyncLifetime
{
    private ChatServer _server = null!;
    private Site _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _site = await SiteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task User_GetsASession_BoundToThePageAndToTheContact()
    {
        using var client = _site.Client("ada");
        using var response = await AskForSessionAsync(client, origin: _site.Origin);
        var session = await response.ReadAsync();

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(_server.Address, new Uri(session.Text("apiUrl")!));
        var item = await _server.Api.Conversation.Session.FetchAsync(session.Text("conversationId")!, session.Text("sessionId")!, Token);
        Assert.Equal([_site.Origin], item.Origins);
        Assert.NotNull(item.ContactId);
        Assert.Equal(item.ExpiresAt.ToUnixTimeMilliseconds(), session.GetProperty("expiresAt").GetInt64());
        Assert.Equal(item.RefreshableUntil?.ToUnixTimeMilliseconds(), session.GetProperty("refreshableUntil").GetInt64());
    }

    [Fact]
    public async Task Token_TalksToTheServer_FromThisOriginOnly()
    {
        using var client = _site.Client("ada");
        var session = await SessionAsync(client, origin: _site.Origin);

        using var own = await ListMessagesAsync(session, _site.Origin);
        using var foreign = await ListMessagesAsync(session, "https://other.example");
        await own.AssertOkAsync();
        await foreign.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
    }

    [Fact]
    public async Task SameUser_KeepsTheConversation_AnotherOneHasAnother()
    {
        using var ada = _site.Client("ada");
        using var bob = _site.Client("bob");

        var first = await SessionAsync(ada);
        var again = await SessionAsync(ada);
        var other = await SessionAsync(bob);

        Assert.Equal(first.Text("conversationId"), again.Text("conversationId"));
        Assert.NotEqual(first.Text("sessionId"), again.Text("sessionId"));
        Assert.NotEqual(first.Text("conversationId"), other.Text("conversationId"));
    }

    [Fact]
    public async Task TwoTabs_AtTheSameTime_ShareTheConversation()
    {
        using var client = _site.Client("ada");

        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await SessionAsync(client)));

        Assert.Single(sessions.Select(session => session.Text("conversationId")).Distinct());
    }

    [Fact]
    public async Task Refresh_KeepsTheSession_WithANewToken()
    {
        using var client = _site.Client("ada");
        var first = await SessionAsync(client);

        var next = await SessionAsync(client, new { sessionId = first.Text("sessionId") });

        Assert.Equal(first.Text("sessionId"), next.Text("sessionId"));
        Assert.NotEqual(first.Text("token"), next.Text("token"));
    }

    [Fact]
    public async Task Refresh_OfSomebodyElsesSession_GivesOnesOwn()
    {
        using var ada = _site.Client("ada");
        using var bob = _site.Client("bob");
        var hers = await SessionAsync(ada);

        var his = await SessionAsync(bob, new { sessionId = hers.Text("sessionId") });

        Assert.NotEqual(hers.Text("sessionId"), his.Text("sessionId"));
        Assert.NotEqual(hers.Text("conversationId"), his.Text("conversationId"));
    }

    [Fact]
    public async Task Refresh_OfARevokedSession_IsRefused_UntilTheUserStartsAnew()
    {
        using var client = _site.Client("ada");
        var first = await SessionAsync(client);
        await _server.Api.Conversation.Session.RevokeAsync(first.Text("conversationId")!, first.Text("sessionId")!, cancellationToken: Token);

        using var refused = await AskForSessionAsync(client, new { sessionId = first.Text("sessionId") });
        using var anew = await AskForSessionAsync(client);

        await refused.AssertRefusedAsync("401 SESSION_REVOKED");
        await anew.AssertOkAsync();
    }

    [Fact]
    public async Task DeletedConversation_IsReplaced()
    {
        using var client = _site.Client("ada");
        var first = await SessionAsync(client);
        await _server.Api.Conversation.DeleteAsync(first.Text("conversationId")!, Token);

        var next = await SessionAsync(client);

        Assert.NotEqual(first.Text("conversationId"), next.Text("conversationId"));
    }

    [Fact]
    public async Task DistributedCache_RemembersTheConversation_AcrossProcesses()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        await using var first = await SiteAsync(services: services => services.AddSingleton<IDistributedCache>(cache));
        await using var second = await SiteAsync(services: services => services.AddSingleton<IDistributedCache>(cache));
        using var one = first.Client("ada");
        using var other = second.Client("ada");

        var here = await SessionAsync(one);
        var there = await SessionAsync(other);

        Assert.Equal(here.Text("conversationId"), there.Text("conversationId"));
    }

    [Fact]
    public async Task AppsOwnStore_IsAskedAndTold()
    {
        var store = new Dictionary<string, string>();
        await using var site = await SiteAsync(options =>
        {
            options.FindConversation = (_, user, _) => ValueTask.FromResult(store.GetValueOrDefault(user.Id));
            options.RememberConversation = (_, user, id, _) =>
            {
                store[user.Id] = id;
                return ValueTask.CompletedTask;
            };
        });
        using var client = site.Client("ada");

        var first = await SessionAsync(client);
        var again = await SessionAsync(client);

        Assert.Equal(store["ada"], first.Text("conversationId"));
        Assert.Equal(store["ada"], again.Text("conversationId"));
    }

    [Fact]
    public async Task HalfAStore_IsRefused_AtTheStart() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SiteAsync(options =>
            options.FindConversation = (_, _, _) => ValueTask.FromResult<string?>(null)));

    [Fact]
    public async Task Nobody_IsRefused_WithoutARedirect()
    {
        using var client = _site.Client(null);
        using var response = await AskForSessionAsync(client);

        // The refusal of the application has no body.
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task AnonymousSite_NamesItsVisitors_Itself()
    {
        await using var site = await SiteAsync(
            options => options.ForUser = (context, _) => ValueTask.FromResult<ChatUser?>(
                context.Request.Headers["X-Visitor"].ToString() is { Length: > 0 } id ? new ChatUser { Id = id } : null),
            anonymous: true);
        using var client = site.Client(null);
        using var unknown = await AskForSessionAsync(client);
        client.DefaultRequestHeaders.Add("X-Visitor", "v1");
        using var known = await AskForSessionAsync(client);

        await unknown.AssertRefusedAsync("401 NOT_AUTHENTICATED");
        await known.AssertOkAsync();
    }

    [Theory]
    [InlineData("https://evil.example", null, "403 ORIGIN_NOT_ALLOWED")]
    [InlineData("https://evil.example", "cross-site", "403 ORIGIN_NOT_ALLOWED")]
    [InlineData("null", null, "403 ORIGIN_NOT_ALLOWED")]
    [InlineData(null, "cross-site", "403 ORIGIN_NOT_ALLOWED")]
    [InlineData("own", "same-site", "403 ORIGIN_NOT_ALLOWED")]
    [InlineData("own", "same-origin", "200")]
    [InlineData("own", null, "200")]
    [InlineData("https://www.example.com", "cross-site", "200")]
    [InlineData(null, null, "200")]
    public async Task PageOfAnotherSite_IsRefused(string? origin, string? fetchSite, string expected)
    {
        await using var site = await SiteAsync(options => options.AllowedOrigins.Add("https://www.example.com"));
        using var client = site.Client("ada");
        using var response = await AskForSessionAsync(client, origin: origin == "own" ? site.Origin : origin, fetchSite: fetchSite);

        Assert.Equal(expected, await response.CodeAsync());
    }

    [Fact]
    public async Task WrongSecretOfTheSite_IsNotTheUsersFault()
    {
        await using var site = await SiteAsync(secret: "sk-wrong");
        using var client = site.Client("ada");
        using var response = await AskForSessionAsync(client);

        await response.AssertRefusedAsync("502 BAD_GATEWAY");
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    public async Task Body_ThatIsNoObject_IsRefused(string body)
    {
        using var client = _site.Client("ada");
        using var content = new StringContent(body);

        await client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "/chat/session", content);
    }

    private Task<Site> SiteAsync(Action<ChatBotKitSessionOptions>? configure = null, string secret = ChatServer.Secret, bool anonymous = false,
        Action<IServiceCollection>? services = null) =>
        Site.StartAsync(
            all =>
            {
                services?.Invoke(all);
                all.AddChatBotKit(options =>
                {
                    options.Secret = secret;
                    options.BaseUrl = _server.Address;
                    options.Retries = 0;
                });
            },
            app =>
            {
                var endpoint = app.MapChatBotKitSession("/chat/session", configure);
                if (anonymous)
                    endpoint.AllowAnonymous();
            });

    private static async Task<HttpResponseMessage> AskForSessionAsync(HttpClient client, object? body = null, string? origin = null, string? fetchSite = null)
    {
        (string Name, string? Value)[] headers = [("Origin", origin), ("Sec-Fetch-Site", fetchSite)];
        return await client.SendAsync(
            HttpMethod.Post, "/chat/session", body ?? "{}",
            headers: [.. from header in headers where header.Value is not null select (header.Name, header.Value)]);
    }

    private static async Task<JsonElement> SessionAsync(HttpClient client, object? body = null, string? origin = null)
    {
        using var response = await AskForSessionAsync(client, body, origin);
        return await response.ReadAsync();
    }

    private static async Task<HttpResponseMessage> ListMessagesAsync(JsonElement session, string origin)
    {
        using var client = new HttpClient { BaseAddress = new Uri(session.Text("apiUrl")!) };
        return await client.SendAsync(
            HttpMethod.Get, $"/v1/conversation/{session.Text("conversationId")}/message/list", token: session.Text("token"), headers: ("Origin", origin));
    }
}
