using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Features;

public sealed class MessageSessionTests
{
    private const string Call =
        """{"activity":{"type":"request","function":{"name":"getWeather","arguments":{"city":"Sofia"}}}}""";

    private const string Answer =
        """{"activity":{"type":"response","function":{"name":"getWeather","arguments":{"city":"Sofia"},"result":"{}"}}}""";

    [Theory]
    [InlineData("bot")]
    [InlineData("instruction")]
    [InlineData("backstory")]
    [InlineData("context")]
    [InlineData("checkpoint")]
    public async Task Create_BySessionInAnotherRole_IsForbidden(string type)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync(
            "403 NOT_AUTHORIZED", HttpMethod.Post, $"conversation/{id}/message/create", $$"""{"type":"{{type}}","text":"a"}""");
        await session.ReadAsync(HttpMethod.Post, $"conversation/{id}/message/create", """{"type":"user","text":"a"}""");
    }

    [Fact]
    public async Task Create_OfFunctionAnswerBySession_NeedsACallOfItsOwn()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(id);
        var path = $"conversation/{id}/message/create";
        var answer = $$"""{"type":"activity","text":"","meta":{{Answer}}}""";

        await session.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, path, answer);
        await session.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, path, $$"""{"type":"activity","text":"","meta":{{Call}}}""");
        await server.CreateMessageAsync(id, "", "activity", Call);
        await session.AssertRefusedAsync("403 NOT_AUTHORIZED", HttpMethod.Post, path, answer);
    }

    /// <summary>An unknown type represents those that a later version may store.</summary>
    [Theory]
    [InlineData("checkpoint")]
    [InlineData("backstory")]
    [InlineData("context")]
    [InlineData("instruction")]
    [InlineData("a-type-of-tomorrow")]
    public async Task Read_BySession_ShowsKnownTypesOnly(string type)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Server.Store.CommitAsync(new WriteSet
        {
            Messages = [new MessageRow { Id = "hidden", ConversationId = id, Position = 1, Type = type, Text = "never tell", CreatedAt = 1, UpdatedAt = 1 }],
        });
        var session = await server.SessionAsync(id);

        foreach (var accept in (string[])["application/json", "application/jsonl", "text/csv"])
            Assert.DoesNotContain("never", await session.ReadTextAsync($"conversation/{id}/message/list", accept), StringComparison.Ordinal);
        foreach (var operation in (string[])["upvote", "downvote", "synthesize"])
            await session.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/message/hidden/{operation}", "{}");
        await session.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/message/hidden/fetch");
        Assert.Equal("never tell", (await server.GetAsync($"conversation/{id}/message/hidden/fetch")).Text("text"));
    }

    [Fact]
    public async Task Read_BySession_LeavesTheBotsOrdersOut()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""
            {"messages":[{"type":"backstory","text":"1"},{"type":"user","text":"2"},{"type":"instruction","text":"3"},
              {"type":"context","text":"4"},{"type":"bot","text":"5"},{"type":"user","text":"6"}]}
            """);
        var session = await server.SessionAsync(id);

        var page = await session.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list?take=2");
        Assert.Equal(["2", "5"], page.Items().Select(item => item.Text("text")));
        var rest = await session.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list?take=2&cursor={page.Text("cursor")}");
        Assert.Equal(["6"], rest.Items().Select(item => item.Text("text")));
        var lines = await session.ReadTextAsync($"conversation/{id}/message/list", "application/jsonl");
        Assert.Equal(3, lines.Count(c => c == '\n'));

        var all = await server.GetAsync($"conversation/{id}/message/list");
        await session.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/message/{all.Ids()[0]}/fetch");
        await session.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/{all.Ids()[1]}/fetch");
    }

    [Fact]
    public async Task Route_WithSessionOfAnotherConversation_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(await server.CreateConversationAsync());
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/message/list");
        await session.AssertRefusedAsync(
            "401 NOT_AUTHENTICATED", HttpMethod.Post, $"conversation/{id}/message/create", """{"type":"user","text":"a"}""");
    }
}
