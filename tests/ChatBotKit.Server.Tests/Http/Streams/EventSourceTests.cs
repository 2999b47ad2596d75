using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Requests and requirements of event sources in browsers and libraries.</summary>
public sealed class EventSourceTests
{
    private const string Body = """{"text":"Hello"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_WithNothingLeft_Is204SoThatTheSourceStops()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });
        var last = run.Ids[^1];
        var path = $"/v1/conversation/{id}/run/{run.RunId}/stream";

        using var all = await ConnectAsync(server, HttpMethod.Get, path, last);
        using var more = await ConnectAsync(server, HttpMethod.Get, path, last + 7);
        using var query = await ConnectAsync(server, HttpMethod.Get, $"{path}?after={last}", lastEventId: null);
        using var lines = await ConnectAsync(server, HttpMethod.Get, path, last, accept: "application/jsonl");
        using var oneLeft = await ConnectAsync(server, HttpMethod.Get, path, last - 1);

        await Assert.AllAsync([all, more, query], async answer => Assert.Equal("204", await answer.CodeAsync()));
        await lines.AssertOkAsync();
        await oneLeft.AssertOkAsync();
        Assert.StartsWith($"id: {last}\nevent: ", await oneLeft.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfARunThatGoesOn_IsNot204()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("One").WaitFor(gate.Task).Text(" two"));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Count" });
        using var lines = await RunLines.OpenAsync(response);
        var seen = (await lines.UntilAsync("token"))[^1].GetProperty("id").GetInt64();

        var following = ConnectAsync(server, HttpMethod.Get, $"/v1/conversation/{id}/run/{lines.RunId}/stream", seen);
        gate.SetResult();
        using var answer = await following;

        await answer.AssertOkAsync();
        Assert.StartsWith($"id: {seen + 1}\n", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("complete", Body)]
    [InlineData("receive", "{}")]
    public async Task Repetition_WithTheLastNumber_GoesOnBehindIt(string operation, string body)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.AddMessageAsync(id, "user", "Hi");
        var path = $"/v1/conversation/{id}/{operation}";
        using var first = await ConnectAsync(server, HttpMethod.Post, path, lastEventId: null, body, key: "k1");
        var whole = await first.TextAsync();
        var messages = (await server.MessagesAsync(id)).Count;

        using var again = await ConnectAsync(server, HttpMethod.Post, path, lastEventId: null, body, key: "k1");
        using var behind = await ConnectAsync(server, HttpMethod.Post, path, 5, body, key: "k1");
        using var atTheEnd = await ConnectAsync(server, HttpMethod.Post, path, 1000, body, key: "k1");

        Assert.Equal(whole, await again.TextAsync());
        Assert.Equal(whole[whole.IndexOf("id: 6\n", StringComparison.Ordinal)..], await behind.TextAsync());
        Assert.Equal("204", await atTheEnd.CodeAsync());
        Assert.All(new[] { again, behind, atTheEnd }, answer => Assert.Equal("true", answer.Header("Idempotent-Replayed")));
        Assert.Equal(messages, (await server.MessagesAsync(id)).Count);
    }

    [Fact]
    public async Task Repetition_WithAKeyThatIsNew_IsWhole()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();

        using var answer = await ConnectAsync(server, HttpMethod.Post, $"/v1/conversation/{id}/complete", 5, Body, key: "new");

        Assert.StartsWith("id: 1\n", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "5", "needs that one's Idempotency-Key")]
    [InlineData("k1", "five", "must be the number of an event")]
    public async Task Repetition_ThatCannotBeTold_StartsNoSecondRun(string? key, string lastEventId, string expected)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();

        using var answer = await ConnectAsync(server, HttpMethod.Post, $"/v1/conversation/{id}/complete", lastEventId, Body, key);

        await answer.AssertRefusedAsync($"400 BAD_REQUEST: *{expected}*");
        Assert.Empty(await server.MessagesAsync(id));
    }

    /// <summary>Sends what an event source sends: the number of the event that it saw last.</summary>
    private static Task<HttpResponseMessage> ConnectAsync(
        EngineServer server, HttpMethod verb, string path, object? lastEventId, string? body = null, string? key = null,
        string accept = "text/event-stream") =>
        server.Http.SendAsync(verb, path, body, accept, key, headers: lastEventId is null ? [] : [("Last-Event-ID", $"{lastEventId}")]);
}
