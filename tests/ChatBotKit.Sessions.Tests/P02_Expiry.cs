using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 2: a session expires, within bounds.</summary>
public sealed class P02_Expiry(Deployment deployment) : SessionChecks(deployment)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Default_IsAnHourOrThePolicysMaximum() =>
        Assert.InRange((await MintAsync()).ExpiresAt - Now, TimeSpan.FromSeconds(1800) - Tolerance, TimeSpan.FromHours(1) + Tolerance);

    [Fact]
    public async Task Shortest_IsHalfAnHour() =>
        Assert.InRange(
            (await MintAsync(new SessionCreateRequest { DurationInSeconds = 1800 })).ExpiresAt - Now,
            TimeSpan.FromSeconds(1800) - Tolerance, TimeSpan.FromSeconds(1800) + Tolerance);

    [Theory]
    [InlineData("1799")]
    [InlineData("86401")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1800.5")]
    [InlineData("99999999999999999999")]
    [InlineData("\"soon\"")]
    [InlineData("true")]
    [InlineData("[]")]
    public async Task OutsideTheBounds_IsRefused(string duration) => AssertRefused(
        "400 BAD_REQUEST",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", $$"""{"durationInSeconds":{{duration}}}""", Deployment.Secret));

    [Fact]
    public async Task Null_MeansTheDefault() => Assert.Equal(
        HttpStatusCode.OK,
        (await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", """{"durationInSeconds":null}""", Deployment.Secret)).Status);

    [Fact]
    public async Task Token_CarriesTheSameEnd()
    {
        var session = await MintAsync();

        Assert.Equal(session.ExpiresAt.ToUnixTimeSeconds(), (long)Part(session.Token, 1)["exp"]!);
    }

    [Fact]
    public async Task NewSession_IsActive()
    {
        var session = await MintAsync();

        var item = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        Assert.Equal((SessionStatus.Active, session.ExpiresAt), (item.Status, item.ExpiresAt));
    }

    [Fact]
    public async Task End_CannotBeMovedByTheHolder()
    {
        var session = await MintAsync();
        var parts = session.Token.Split('.');
        var claims = Part(session.Token, 1);
        claims["exp"] = Now.AddDays(365).ToUnixTimeSeconds();
        var forged = $"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}";

        AssertRefused("401 NOT_AUTHENTICATED", await SayAsync(session, token: forged));
    }

    private static string Encode(string json) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
