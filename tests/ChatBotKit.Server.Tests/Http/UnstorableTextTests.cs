using System.Net;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Characters that a database can't store.</summary>
public sealed class UnstorableTextTests
{
    [Fact]
    public async Task Nul_InAMessage_IsStoredOrReplaced()
    {
        await using var server = await FeatureServer.StartAsync();
        var conversation = await server.CreateConversationAsync("""{"name":"x\u0000y"}""");
        await server.PostAsync($"conversation/{conversation}/message/create", """{"type":"user","text":"a\u0000b"}""");

        var message = Assert.Single((await server.GetAsync($"conversation/{conversation}/message/list")).Items());
        var name = (await server.GetAsync($"conversation/{conversation}/fetch")).Text("name");

        var expected = TestStore.IsPostgres ? '\uFFFD' : '\0';
        Assert.Equal(($"a{expected}b", $"x{expected}y"), (message.Text("text"), name));
    }

    [Fact]
    public async Task UnpairedSurrogate_InABody_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var conversation = await server.CreateConversationAsync();

        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, $"conversation/{conversation}/message/create", """{"type":"user","text":"a\ud800b"}""");
    }

    /// <summary>No stored id has such a character, so PostgreSQL needs no answer of its own.</summary>
    [Theory]
    [InlineData("%00")]
    [InlineData("c%00")]
    [InlineData("%EF%BF%BD")]
    public async Task Id_WithSuchACharacter_IsNotFound(string id)
    {
        await using var server = await FeatureServer.StartAsync();

        using var answer = await server.Owner.SendAsync(HttpMethod.Get, $"conversation/{id}/fetch");

        // The web server refuses some of them itself.
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{answer.StatusCode}");
    }
}
