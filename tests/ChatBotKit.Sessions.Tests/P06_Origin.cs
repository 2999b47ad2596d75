using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 6: a session can be bound to the origins of the pages that use it.</summary>
public sealed class P06_Origin(Deployment deployment) : SessionChecks(deployment)
{
    private const string Shop = "https://shop.example";
    private const string Other = "https://evil.example";

    private static readonly SessionCreateRequest Bound = new() { Origins = [Shop, "http://localhost:5173"] };

    [Theory]
    [InlineData(Shop)]
    [InlineData("http://localhost:5173")]
    public async Task ListedOrigin_IsServed(string origin)
    {
        var session = await MintAsync(Bound);

        var answer = await FromAsync(origin, session);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(answer.Header("Access-Control-Allow-Origin"), new[] { origin, "*" });
    }

    [Theory]
    [InlineData(Other)]
    [InlineData("null")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("https://sub.shop.example")]
    [InlineData("http://localhost:5174")]
    public async Task OtherOrigin_IsRefused(string origin)
    {
        var session = await MintAsync(Bound);

        var answer = await FromAsync(origin, session);

        AssertRefused("403 ORIGIN_NOT_ALLOWED", answer);
    }

    [Fact]
    public async Task Refusal_IsNotReadableForTheOtherPage()
    {
        var session = await MintAsync(Bound);

        Assert.Null((await FromAsync(Other, session)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task RequestWithoutOrigin_IsServed()
    {
        var session = await MintAsync(Bound);

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(session)).Status);
    }

    [Fact]
    public async Task SessionWithoutList_ServesAnyOrigin()
    {
        var session = await MintAsync();

        Assert.Equal(HttpStatusCode.OK, (await FromAsync(Other, session)).Status);
    }

    [Theory]
    [InlineData(Shop, true)]
    [InlineData(Other, false)]
    public async Task Preflight_AnswersByTheConversationsSessions(string origin, bool isAllowed)
    {
        var session = await MintAsync(Bound);

        var answer = await PreflightAsync(origin, session.Id);

        Assert.Equal(isAllowed, answer.Header("Access-Control-Allow-Origin") is not null);
    }

    [Fact]
    public async Task Preflight_OfAConversationWithoutBoundSessions_IsOpen()
    {
        var session = await MintAsync();

        Assert.NotNull((await PreflightAsync(Other, session.Id)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_AllowsTheHeadersThatClientsSend()
    {
        var session = await MintAsync(Bound);

        var allowed = (await PreflightAsync(Shop, session.Id)).Header("Access-Control-Allow-Headers") ?? "";

        foreach (var header in new[] { "authorization", "content-type", "idempotency-key", "last-event-id" })
            Assert.Contains(header, allowed, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://user@shop.example")]
    [InlineData("ftp://shop.example")]
    [InlineData("https://*.shop.example")]
    [InlineData("")]
    public async Task WhatIsNoOrigin_IsRefusedAtMinting(string origin) => AssertRefused(
        "400 BAD_REQUEST",
        await SendAsync($"POST /conversation/{await ConversationAsync()}/session/create", $$"""{"origins":["{{origin}}"]}""", Deployment.Secret));

    [Fact]
    public async Task Token_SaysWhereItMayBeUsed()
    {
        var session = await MintAsync(Bound);

        Assert.Equal(Bound.Origins, Part(session.Token, 1)["origins"]!.AsArray().Select(origin => (string)origin!));
    }

    private Task<Answer> FromAsync(string origin, SessionCreateResponse session) =>
        SendAsync($"POST /conversation/{session.Id}/complete", Text("When does the shop open?"), session.Token, origin);

    private Task<Answer> PreflightAsync(string origin, string conversation) => SendAsync(
        $"OPTIONS /conversation/{conversation}/complete", origin: origin, headers:
        [
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key,last-event-id"),
        ]);
}
