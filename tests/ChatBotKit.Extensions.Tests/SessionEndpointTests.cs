using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
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
        using var response = await PostAsync(client, origin: _site.Origin);
        var session = await ReadAsync(response);

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(_server.Address, new Uri((string)session["apiUrl"]!));
        var item = await _server.Api.Conversation.Session.FetchAsync((string)session["conversationId"]!, (string)session["sessionId"]!, Token);
        Assert.Equal([_site.Origin], item.Origins);
        Assert.NotNull(item.ContactId);
        Assert.Equal(item.ExpiresAt.ToUnixTimeMilliseconds(), (long)session["expiresAt"]!);
        Assert.Equal(item.RefreshableUntil?.ToUnixTimeMilliseconds(), (long)session["refreshableUntil"]!);
    }

    [Fact]
    public async Task Token_TalksToTheServer_FromThisOriginOnly()
    {
        using var client = _site.Client("ada");
        var session = await ReadAsync(await PostAsync(client, origin: _site.Origin));

        Assert.Equal(HttpStatusCode.OK, await ListMessagesAsync(session, _site.Origin));
        Assert.Equal(HttpStatusCode.Forbidden, await ListMessagesAsync(session, "https://other.example"));
    }

    [Fact]
    public async Task SameUser_KeepsTheConversation_AnotherOneHasAnother()
    {
        using var ada = _site.Client("ada");
        using var bob = _site.Client("bob");

        var first = await ReadAsync(await PostAsync(ada));
        var again = await ReadAsync(await PostAsync(ada));
        var other = await ReadAsync(await PostAsync(bob));

        Assert.Equal((string)first["conversationId"]!, (string)again["conversationId"]!);
        Assert.NotEqual((string)first["sessionId"]!, (string)again["sessionId"]!);
        Assert.NotEqual((string)first["conversationId"]!, (string)other["conversationId"]!);
    }

    [Fact]
    public async Task TwoTabs_AtTheSameTime_ShareTheConversation()
    {
        using var client = _site.Client("ada");

        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await ReadAsync(await PostAsync(client))));

        Assert.Single(sessions.Select(session => (string)session["conversationId"]!).Distinct());
    }

    [Fact]
    public async Task Refresh_KeepsTheSession_WithANewToken()
    {
        using var client = _site.Client("ada");
        var first = await ReadAsync(await PostAsync(client));

        var next = await ReadAsync(await PostAsync(client, new { sessionId = (string)first["sessionId"]! }));

        Assert.Equal((string)first["sessionId"]!, (string)next["sessionId"]!);
        Assert.NotEqual((string)first["token"]!, (string)next["token"]!);
    }

    [Fact]
    public async Task Refresh_OfSomebodyElsesSession_GivesOnesOwn()
    {
        using var ada = _site.Client("ada");
        using var bob = _site.Client("bob");
        var hers = await ReadAsync(await PostAsync(ada));

        var his = await ReadAsync(await PostAsync(bob, new { sessionId = (string)hers["sessionId"]! }));

        Assert.NotEqual((string)hers["sessionId"]!, (string)his["sessionId"]!);
        Assert.NotEqual((string)hers["conversationId"]!, (string)his["conversationId"]!);
    }

    [Fact]
    public async Task Refresh_OfARevokedSession_IsRefused_UntilTheUserStartsAnew()
    {
        using var client = _site.Client("ada");
        var first = await ReadAsync(await PostAsync(client));
        await _server.Api.Conversation.Session.RevokeAsync((string)first["conversationId"]!, (string)first["sessionId"]!, cancellationToken: Token);

        using var refused = await PostAsync(client, new { sessionId = (string)first["sessionId"]! });
        using var anew = await PostAsync(client);

        Assert.Equal((HttpStatusCode.Unauthorized, ErrorCodes.SessionRevoked), (refused.StatusCode, await CodeAsync(refused)));
        Assert.Equal(HttpStatusCode.OK, anew.StatusCode);
    }

    [Fact]
    public async Task DeletedConversation_IsReplaced()
    {
        using var client = _site.Client("ada");
        var first = await ReadAsync(await PostAsync(client));
        await _server.Api.Conversation.DeleteAsync((string)first["conversationId"]!, Token);

        var next = await ReadAsync(await PostAsync(client));

        Assert.NotEqual((string)first["conversationId"]!, (string)next["conversationId"]!);
    }

    [Fact]
    public async Task DistributedCache_RemembersTheConversation_AcrossProcesses()
    {
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        await using var first = await SiteAsync(services: services => services.AddSingleton<IDistributedCache>(cache));
        await using var second = await SiteAsync(services: services => services.AddSingleton<IDistributedCache>(cache));
        using var one = first.Client("ada");
        using var other = second.Client("ada");

        var here = await ReadAsync(await PostAsync(one));
        var there = await ReadAsync(await PostAsync(other));

        Assert.Equal((string)here["conversationId"]!, (string)there["conversationId"]!);
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

        var first = await ReadAsync(await PostAsync(client));
        var again = await ReadAsync(await PostAsync(client));

        Assert.Equal(store["ada"], (string)first["conversationId"]!);
        Assert.Equal(store["ada"], (string)again["conversationId"]!);
    }

    [Fact]
    public async Task HalfAStore_IsRefused_AtTheStart() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SiteAsync(options =>
            options.FindConversation = (_, _, _) => ValueTask.FromResult<string?>(null)));

    [Fact]
    public async Task Nobody_IsRefused_WithoutARedirect()
    {
        using var client = _site.Client(null);
        using var response = await PostAsync(client);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task AnonymousSite_NamesItsVisitors_Itself()
    {
        await using var site = await SiteAsync(
            options => options.ForUser = (context, _) => ValueTask.FromResult<ChatUser?>(
                context.Request.Headers["X-Visitor"].ToString() is { Length: > 0 } id ? new ChatUser { Id = id } : null),
            anonymous: true);
        using var client = site.Client(null);
        using var unknown = await PostAsync(client);
        client.DefaultRequestHeaders.Add("X-Visitor", "v1");
        using var known = await PostAsync(client);

        Assert.Equal((HttpStatusCode.Unauthorized, ErrorCodes.NotAuthenticated), (unknown.StatusCode, await CodeAsync(unknown)));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("own", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("own", "same-origin", HttpStatusCode.OK)]
    [InlineData("own", null, HttpStatusCode.OK)]
    [InlineData("https://www.example.com", "cross-site", HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task PageOfAnotherSite_IsRefused(string? origin, string? fetchSite, HttpStatusCode expected)
    {
        await using var site = await SiteAsync(options => options.AllowedOrigins.Add("https://www.example.com"));
        using var client = site.Client("ada");
        using var response = await PostAsync(client, origin: origin == "own" ? site.Origin : origin, fetchSite: fetchSite);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.Forbidden)
            Assert.Equal(ErrorCodes.OriginNotAllowed, await CodeAsync(response));
    }

    [Fact]
    public async Task WrongSecretOfTheSite_IsNotTheUsersFault()
    {
        await using var site = await SiteAsync(secret: "sk-wrong");
        using var client = site.Client("ada");
        using var response = await PostAsync(client);

        Assert.Equal((HttpStatusCode.BadGateway, ErrorCodes.BadGateway), (response.StatusCode, await CodeAsync(response)));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    public async Task Body_ThatIsNoObject_IsRefused(string body)
    {
        using var client = _site.Client("ada");
        using var content = new StringContent(body);
        using var response = await client.PostAsync(new Uri("/chat/session", UriKind.Relative), content, Token);

        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.BadRequest), (response.StatusCode, await CodeAsync(response)));
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

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, object? body = null, string? origin = null, string? fetchSite = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/session") { Content = JsonContent.Create(body ?? new { }) };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (fetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return await client.SendAsync(request, Token);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"];

    private static async Task<HttpStatusCode> ListMessagesAsync(JsonObject session, string origin)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(new Uri((string)session["apiUrl"]!), $"/v1/conversation/{session["conversationId"]}/message/list"));
        request.Headers.Add("Origin", origin);
        request.Headers.Authorization = new("Bearer", (string)session["token"]!);
        using var response = await client.SendAsync(request, Token);
        return response.StatusCode;
    }
}
