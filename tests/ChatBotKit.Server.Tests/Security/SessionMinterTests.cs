using System.Globalization;
using System.Net;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Tests.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

public sealed class SessionMinterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, 750, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}", 3600)]
    [InlineData("""{"durationInSeconds":null}""", 3600)]
    [InlineData("""{"durationInSeconds":1800}""", 1800)]
    [InlineData("""{"durationInSeconds":"86400"}""", 86400)]
    public async Task Answer_HoldsConversationTokenAndEnd(string body, int seconds)
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();

        using var answer = await server.Client().PostJsonAsync($"/v1/conversation/{conversation}/session/create", body);

        var session = await answer.JsonAsync();
        var expiresAt = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(seconds).ToUnixTimeMilliseconds();
        Assert.Equal(conversation, session["id"]!.GetValue<string>());
        Assert.Equal(expiresAt, session["expiresAt"]!.GetValue<long>());
        var row = await server.Store.FindSessionAsync(new JsonWebToken(session["token"]!.GetValue<string>()).Id, Token);
        Assert.Equal((conversation, expiresAt), (row!.ConversationId, row.ExpiresAt));
    }

    [Theory]
    [InlineData("1799")]
    [InlineData("86401")]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task Duration_OutsideTheLimits_Is400NamingThem(string seconds)
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();

        using var answer = await server.Client().PostJsonAsync(
            $"/v1/conversation/{conversation}/session/create",
            string.Create(CultureInfo.InvariantCulture, $$"""{"durationInSeconds":{{seconds}}}"""));

        Assert.Equal("400 BAD_REQUEST: \"durationInSeconds\" must be from 1800 to 86400", await answer.ErrorAsync());
    }

    [Fact]
    public async Task RepeatedRequest_WithAKey_GetsTheSameSession()
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "mint-1");

        using var first = await client.PostJsonAsync($"/v1/conversation/{conversation}/session/create", "{}");
        using var second = await client.PostJsonAsync($"/v1/conversation/{conversation}/session/create", "{}");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var (one, other) = (await first.JsonAsync(), await second.JsonAsync());
        Assert.Equal(one["expiresAt"]!.GetValue<long>(), other["expiresAt"]!.GetValue<long>());
        var (token, again) = (one["token"]!.GetValue<string>(), other["token"]!.GetValue<string>());
        Assert.Equal(new JsonWebToken(token).Id, new JsonWebToken(again).Id);
        using var holder = server.Client(again);
        using var list = await holder.GetAsync(new Uri($"/v1/conversation/{conversation}/message/list", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }

    [Fact]
    public async Task Request_WithAKey_LeavesNoTokenInTheStore()
    {
        await using var server = await StartAsync();
        var conversation = await server.AddConversationAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "mint-2");

        using var answer = await client.PostJsonAsync($"/v1/conversation/{conversation}/session/create", "{}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = await server.Store.ReadAsync(
            (db, token) => db.Set<IdempotencyEntity>().SingleAsync(row => row.Key == "mint-2", token), Token);
        Assert.Null(stored.Response);
    }

    private Task<ServerFactory> StartAsync() => ServerFactory.StartAsync(time: _time);
}
