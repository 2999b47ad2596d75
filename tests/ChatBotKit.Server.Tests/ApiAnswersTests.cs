using System.Net;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Tests;

/// <summary>What the tests lean on: an assertion that lets a wrong answer through would weaken all of them.</summary>
public sealed class ApiAnswersTests
{
    [Theory]
    [InlineData("404 NOT_FOUND", true)]
    [InlineData("404 NOT_FOUND: Bot not found", true)]
    [InlineData("404 NOT_FOUND: *not*", true)]
    [InlineData("404 NOT_FOUND: Bot*", true)]
    [InlineData("404 NOT_FOUND: Bot", false)]
    [InlineData("404 NOT_FOUND: not found", false)]
    [InlineData("404 NOT_FOUND: B.t not found", false)]
    [InlineData("404 NOT", false)]
    [InlineData("404 NOT_SERVED", false)]
    [InlineData("400 NOT_FOUND", false)]
    [InlineData("404", false)]
    public async Task Refusal_IsExpected_AsAWhole(string refusal, bool isThisOne)
    {
        using var answer = Answer(HttpStatusCode.NotFound, new JsonObject { ["message"] = "Bot not found", ["code"] = "NOT_FOUND" });

        var failure = await Record.ExceptionAsync(() => answer.AssertRefusedAsync(refusal));

        Assert.Equal(isThisOne, failure is null);
    }

    [Fact]
    public async Task Refusal_ThatDoesNotSayWhy_Fails()
    {
        using var answer = Answer(HttpStatusCode.NotFound, new JsonObject { ["message"] = "", ["code"] = "NOT_FOUND" });

        await Assert.ThrowsAnyAsync<Exception>(() => answer.AssertRefusedAsync("404 NOT_FOUND"));
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Success_IsNothingBut200_AndTheFailureTellsTheBody(HttpStatusCode status)
    {
        using var answer = Answer(status, new JsonObject { ["message"] = "In the way" });

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => answer.ReadAsync());

        Assert.Contains("In the way", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_IsNoRefusal()
    {
        using var answer = Answer(HttpStatusCode.OK, new JsonObject { ["message"] = "fine", ["code"] = "NOT_FOUND" });

        Assert.Equal("200", await answer.CodeAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => answer.AssertRefusedAsync("200 NOT_FOUND"));
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) => new(status) { Content = new StringContent(body.ToJsonString()) };
}
