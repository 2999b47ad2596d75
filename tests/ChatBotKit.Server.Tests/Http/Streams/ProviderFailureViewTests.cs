using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Security;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Only the owner sees the words of a failed provider; the holder of a session token gets the code.</summary>
public sealed class ProviderFailureViewTests
{
    private const string Words = "org-1234 has no access to host-7.internal";

    [Theory]
    [InlineData(400, "424 PROVIDER_REFUSED")]
    [InlineData(401, "424 PROVIDER_REFUSED")]
    [InlineData(500, "502 BAD_GATEWAY")]
    public async Task Json_OfAHolder_HoldsTheCodeAndNoWordOfTheProvider(int status, string refusal)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Otherwise(_ => new TestModels.ModelScript().Fail(status, Words));
        using var holder = await Sessions.ClientAsync(server, id);

        using var response = await holder.SendAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var owners = await server.Http.SendAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });

        await response.AssertRefusedAsync(refusal);
        AssertNeutral(await response.TextAsync());
        Assert.Contains("127.0.0.1", await owners.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("text/event-stream")]
    public async Task Stream_OfAHolder_HoldsNoWordOfTheProvider(string accept)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Half ").ErrorInStream(Words, "429"));
        using var holder = await Sessions.ClientAsync(server, id);

        using var response = await holder.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" }, accept);
        var said = await response.TextAsync();

        AssertNeutral(said);
        Assert.Contains("\"code\":\"BAD_GATEWAY\"", said, StringComparison.Ordinal);
        Assert.Contains("Half ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""["messages:read","tools:read"]""")]
    public async Task StoredLog_ReplayedToAHolder_HoldsNoWordOfTheProvider(string? permissions)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Fail(429, Words, retryAfter: "7"));
        var run = await server.CompleteAsync(id, new { text = "Hello" });
        using var holder = await server.Server.ClientAsync(await server.Server.AddSessionAsync(id, permissions: permissions));

        using var response = await holder.SendAsync(HttpMethod.Get, $"conversation/{id}/run/{run.RunId}/stream", accept: "application/jsonl");
        var seen = await RunTranscript.ReadAsync(response);
        using var json = await holder.SendAsync(HttpMethod.Get, $"conversation/{id}/run/{run.RunId}/stream", accept: "application/json");

        var error = Assert.Single(seen.Data("error"));
        Assert.Equal(("BAD_GATEWAY", 7), (error.Text("code"), error.GetProperty("retryAfter").GetInt32()));
        Assert.Equal(run.Types, seen.Types);
        Assert.Equal(run.Ids, seen.Ids);
        AssertNeutral(string.Join('\n', seen.Events.Select(line => line.GetRawText())));
        AssertNeutral(await json.TextAsync());
        Assert.Contains(Words, run.Data("error").Single().Text("message"), StringComparison.Ordinal);
        Assert.Contains(Words, (await server.FollowAsync(id, run.RunId)).Data("error").Single().Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ThatIsNotServedAnyMore_IsNotNamedToAHolder()
    {
        await using var server = await ServerFactory.StartAsync();
        var id = await server.AddConversationAsync();
        await server.Store.ExecuteAsync("""UPDATE "Conversations" SET "Model" = 'gone-model' """);
        using var holder = await server.ClientAsync(await server.AddSessionAsync(id));

        var told = await holder.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{id}/complete", """{"text":"Hello"}""");

        Assert.DoesNotContain("gone-model", told, StringComparison.Ordinal);
        Assert.DoesNotContain("extractive", told, StringComparison.Ordinal);
    }

    private static void AssertNeutral(string told)
    {
        Assert.DoesNotContain("org-1234", told, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("OPENAI", told, StringComparison.Ordinal);
        Assert.DoesNotContain("openai", told, StringComparison.Ordinal);
    }
}
