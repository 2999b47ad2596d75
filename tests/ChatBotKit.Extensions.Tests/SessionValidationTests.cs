using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.Tests;

/// <summary>A backend that validates session tokens offline.</summary>
public sealed class SessionValidationTests : IAsyncLifetime
{
    private ChatServer _server = null!;
    private Site _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _site = await Site.StartAsync(
            services =>
            {
                services.AddChatBotKitSessionValidation(options => options.Authority = _server.Address);
                services.AddAuthorizationBuilder()
                    .AddPolicy("read", policy => policy.RequireChatBotKitPermission("messages:read"))
                    .AddPolicy("tools", policy => policy.RequireChatBotKitPermission(SessionPermission.ToolsRead));
            },
            app =>
            {
                app.MapGet("/read", WhoAmI).RequireAuthorization("read");
                app.MapGet("/tools", WhoAmI).RequireAuthorization("tools");
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task TokenOfTheServer_IsAccepted_WithWhatItSays()
    {
        var conversation = await _server.Api.Conversation.CreateAsync(
            new ConversationCreateRequest { ContactId = new(new ContactUpsertRequest { Fingerprint = ChatUser.FingerprintOf("ada") }) }, Token);
        var session = await _server.Api.Conversation.Session.CreateAsync(conversation.Id, new SessionCreateRequest(), Token);

        using var response = await GetAsync("/read", session.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        Assert.Equal((conversation.Id, session.SessionId), ((string?)seen["conversationId"], (string?)seen["sessionId"]));
        Assert.NotNull((string?)seen["contactId"]);
        Assert.True((bool)seen["canComplete"]!);
    }

    [Fact]
    public async Task Permission_ThatTheSessionLacks_IsRefused()
    {
        var session = await MintAsync(new SessionCreateRequest { Permissions = [SessionPermission.Complete] });

        using var read = await GetAsync("/read", session.Token);
        using var tools = await GetAsync("/tools", session.Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (read.StatusCode, tools.StatusCode));
    }

    [Fact]
    public async Task BoundSession_IsRefused_FromAnotherOrigin()
    {
        var session = await MintAsync(new SessionCreateRequest { Origins = ["https://shop.example"] });

        using var good = await GetAsync("/read", session.Token, "https://shop.example");
        using var phone = await GetAsync("/read", session.Token);
        using var bad = await GetAsync("/read", session.Token, "https://evil.example");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (good.StatusCode, phone.StatusCode));
        Assert.Equal((HttpStatusCode.Forbidden, ErrorCodes.OriginNotAllowed), (bad.StatusCode, await CodeAsync(bad)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-token")]
    [InlineData("a.b.c")]
    [InlineData(ChatServer.Secret)]
    public async Task NoToken_IsRefused(string? token)
    {
        using var response = await GetAsync("/read", token);

        Assert.Equal((HttpStatusCode.Unauthorized, ErrorCodes.NotAuthenticated), (response.StatusCode, await CodeAsync(response)));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task TamperedPayload_IsRefused()
    {
        var parts = (await MintAsync(new SessionCreateRequest())).Token.Split('.');
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]);
        var changed = System.Text.Encoding.UTF8.GetString(payload).Replace("messages:read", "tools:read", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(changed));

        using var response = await GetAsync("/tools", string.Join('.', parts));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("http://chat.example")]
    [InlineData(null)]
    public async Task Authority_ThatIsNotSafe_StopsTheStart(string? authority)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => Site.StartAsync(
            services => services.AddChatBotKitSessionValidation(options => options.Authority = authority is null ? null : new Uri(authority)),
            static _ => { }));

        Assert.Contains("Authority", failure.Message, StringComparison.Ordinal);
    }

    private static IResult WhoAmI(HttpContext context) => Results.Json(new
    {
        conversationId = context.User.GetChatBotKitConversationId(),
        sessionId = context.User.GetChatBotKitSessionId(),
        contactId = context.User.GetChatBotKitContactId(),
        canComplete = context.User.HasChatBotKitPermission(SessionPermission.Complete),
    });

    private async Task<SessionCreateResponse> MintAsync(SessionCreateRequest request)
    {
        var conversation = await _server.Api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);
        return await _server.Api.Conversation.Session.CreateAsync(conversation.Id, request, Token);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token, string? origin = null)
    {
        using var client = _site.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await client.SendAsync(request, Token);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"];
}
