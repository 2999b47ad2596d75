using ChatBotKit.Server.Tests;
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

        using var response = await CallAsync("/read", session.Token);

        var seen = await response.ReadAsync();
        Assert.Equal((conversation.Id, session.SessionId), (seen.Text("conversationId"), seen.Text("sessionId")));
        Assert.NotNull(seen.Text("contactId"));
        Assert.True(seen.GetProperty("canComplete").GetBoolean());
    }

    [Fact]
    public async Task Permission_ThatTheSessionLacks_IsRefused()
    {
        var session = await MintAsync(new SessionCreateRequest { Permissions = [SessionPermission.Complete] });

        using var read = await CallAsync("/read", session.Token);
        using var tools = await CallAsync("/tools", session.Token);

        // The refusal of the application has no body.
        Assert.Equal((403, 403), ((int)read.StatusCode, (int)tools.StatusCode));
    }

    [Fact]
    public async Task BoundSession_IsRefused_FromAnotherOrigin()
    {
        var session = await MintAsync(new SessionCreateRequest { Origins = ["https://shop.example"] });

        using var good = await CallAsync("/read", session.Token, "https://shop.example");
        using var phone = await CallAsync("/read", session.Token);
        using var bad = await CallAsync("/read", session.Token, "https://evil.example");

        await good.AssertOkAsync();
        await phone.AssertOkAsync();
        await bad.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-token")]
    [InlineData("a.b.c")]
    [InlineData(ChatServer.Secret)]
    public async Task NoToken_IsRefused(string? token)
    {
        using var response = await CallAsync("/read", token);

        await response.AssertRefusedAsync("401 NOT_AUTHENTICATED");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task TamperedPayload_IsRefused()
    {
        var parts = (await MintAsync(new SessionCreateRequest())).Token.Split('.');
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]);
        var changed = System.Text.Encoding.UTF8.GetString(payload).Replace("messages:read", "tools:read", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(changed));

        using var response = await CallAsync("/tools", string.Join('.', parts));

        await response.AssertRefusedAsync("401 NOT_AUTHENTICATED");
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

    private async Task<HttpResponseMessage> CallAsync(string path, string? token, string? origin = null)
    {
        using var client = _site.Client(null);
        (string Name, string? Value)[] headers = [("Authorization", token is null ? null : $"Bearer {token}"), ("Origin", origin)];
        return await client.SendAsync(HttpMethod.Get, path, headers: [.. from header in headers where header.Value is not null select (header.Name, header.Value)]);
    }
}
