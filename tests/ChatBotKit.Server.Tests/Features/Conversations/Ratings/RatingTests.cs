using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Features;

public sealed class RatingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("upvote", "{}", 100)]
    [InlineData("upvote", """{"value":7,"reason":"quick"}""", 7)]
    [InlineData("downvote", "{}", -100)]
    [InlineData("downvote", """{"value":-1}""", -1)]
    public async Task Vote_OnConversation_IsStoredAndAnswersItsId(string route, string body, int expected)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        Assert.Equal(id, ApiJson.Id(await server.PostAsync($"conversation/{id}/{route}", body)));
        Assert.Equal(expected, Assert.Single(await RatingsAsync(server)).Value);
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());
    }

    [Theory]
    [InlineData("upvote", 0)]
    [InlineData("upvote", 101)]
    [InlineData("upvote", -5)]
    [InlineData("downvote", 0)]
    [InlineData("downvote", -101)]
    public async Task Vote_OutsideItsRange_NamesTheField(string route, int value)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *\"value\"*", HttpMethod.Post, $"conversation/{id}/{route}", $$"""{"value":{{value}}}""");
    }

    [Fact]
    public async Task Vote_ThatComesAgain_ReplacesTheCallersOwnOnly()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a", "bot");
        var session = await server.SessionAsync(id);
        Assert.Equal(message, ApiJson.Id(await session.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/{message}/upvote", "{}")));
        await session.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/{message}/downvote", """{"value":-3,"reason":"wrong"}""");
        var ratings = await RatingsAsync(server);
        Assert.Equal((-3, "wrong"), (Assert.Single(ratings).Value, ratings[0].Reason));

        await server.PostAsync($"conversation/{id}/message/{message}/upvote", "{}");
        Assert.Equal([-3, 100], (await RatingsAsync(server)).Select(rating => rating.Value).Order());
    }

    [Fact]
    public async Task Vote_OnForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/upvote", "{}");
    }

    private static Task<List<RatingRow>> RatingsAsync(FeatureServer server) =>
        server.Server.Store.ListAsync(RatingTable.Rows);
}
