using System.Globalization;
using System.Net;
using ChatBotKit.Server.Tests.Http;
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

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(await first.TextAsync(), await second.TextAsync());
    }

    private Task<ServerFactory> StartAsync() => ServerFactory.StartAsync(time: _time);
}
