using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

public sealed class TurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Abort_EndsTheRunAndKeepsThePart()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Half an").Silence());
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("token");

        await server.Http.ReadAsync(HttpMethod.Post, $"/v1/conversation/{id}/run/{lines.RunId}/abort", new { });
        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal(["message", "abort", "usage", "receiveResult", "result"], rest.Types);
        Assert.Equal("request", rest.Data("abort").Single().GetProperty("reason").GetString());
        Assert.Equal(("abort", "Half an"), (rest.EndReason, rest.Text));
        Assert.Equal("Half an", (await server.MessagesAsync(id))[^1].Text);
        // The same run again after its end, and a run that never existed.
        await server.Http.ReadAsync(HttpMethod.Post, $"/v1/conversation/{id}/run/{lines.RunId}/abort", new { });
        await server.Http.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"/v1/conversation/{id}/run/unknown/abort", new { });
    }

    [Fact]
    public async Task Abort_WhileTheModelThinks_KeepsTheThoughtAndAnswersNothing()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Reasoning("They want a secret.").Silence());
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("reasoningToken");
        await server.Http.ReadAsync(HttpMethod.Post, $"/v1/conversation/{id}/run/{lines.RunId}/abort", new { });

        var rest = new RunTranscript(null, await lines.RestAsync());

        Assert.Equal(("abort", ""), (rest.EndReason, rest.Text));
        Assert.Equal(["user", "reasoning"], (await server.MessagesAsync(id)).Select(message => message.Type));
    }

    [Fact]
    public async Task Complete_TwoAtOnce_TakeTurnsInOrder()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.WaitFor(gate.Task).Text("A1")).Answer(script => script.Text("A2"));
        using var first = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Q1" });
        await server.Model.NextRequestAsync(Token);
        using var second = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Q2" });
        Assert.Single(server.Model.Requests);
        gate.SetResult();

        Assert.Equal("A1", (await RunTranscript.ReadAsync(first)).Text);
        Assert.Equal("A2", (await RunTranscript.ReadAsync(second)).Text);
        Assert.Equal(["Q1", "A1", "Q2", "A2"], (await server.MessagesAsync(id)).Select(message => message.Text));
        Assert.Equal("A1", server.Model.Requests[1].LastText("assistant"));
    }

    [Fact]
    public async Task Complete_TooManyWaiting_IsRefusedAndTheOthersGoOn()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Otherwise(_ => new ModelScript().WaitFor(gate.Task).Text("Done."));
        var taken = new List<HttpResponseMessage>();
        for (var i = 0; i < 17; i++)
            taken.Add(await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = $"Q{i}" }));

        using var refused = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Too much" });
        await refused.AssertRefusedAsync("429 TOO_MANY_REQUESTS");
        Assert.NotNull(refused.Headers.RetryAfter);

        gate.SetResult();
        foreach (var response in taken)
        {
            Assert.Equal("Done.", (await RunTranscript.ReadAsync(response)).Text);
            response.Dispose();
        }
        Assert.Equal(34, (await server.MessagesAsync(id)).Count);
    }

    [Fact]
    public async Task Complete_SameKeyAgain_GivesTheSameEventsAndOneMessage()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("Hi").WaitFor(gate.Task).Text(" there"));
        using var first = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Hello" }, key: "k1");
        using var lines = await RunLines.OpenAsync(first);
        var seen = await lines.UntilAsync("token");
        var meanwhile = server.CompleteAsync(id, new { text = "Hello" }, key: "k1");
        gate.SetResult();
        var all = seen.Concat(await lines.RestAsync()).Select(one => one.GetRawText()).ToList();

        Assert.Equal(all, (await meanwhile).Events.Select(one => one.GetRawText()));
        Assert.Equal(all, (await server.CompleteAsync(id, new { text = "Hello" }, key: "k1")).Events.Select(one => one.GetRawText()));
        Assert.Equal(["Hello", "Hi there"], (await server.MessagesAsync(id)).Select(message => message.Text));
        Assert.Single(server.Model.Requests);
        using var other = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Other" }, key: "k1");
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Session_OfTheConversation_MayTalkInItAlone()
    {
        await using var server = await EngineServer.StartAsync();
        var own = await server.AddConversationAsync();
        var foreign = await server.AddConversationAsync();
        using var session = await Sessions.ClientAsync(server, own);

        Assert.Equal("stop", (await server.RunAsync($"/v1/conversation/{own}/complete", new { text = "Hello" }, http: session)).EndReason);
        await session.ReadAsync(HttpMethod.Post, $"/v1/conversation/{own}/send", new { text = "More" });
        Assert.Equal("result", (await server.RunAsync($"/v1/conversation/{own}/receive", new { }, http: session)).Types[^1]);
        foreach (var verb in new[] { "complete", "send", "receive" })
        {
            await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"/v1/conversation/{foreign}/{verb}", new { text = "Hello" });
        }
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Post, $"/v1/conversation/{own}/dispatch", new { text = "Hello" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatch_GoesOnWithoutASubscriberAndIsReadLater(bool stateful)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.Text("Hi", " there"));
        object body = stateful ? new { text = "Hello" } : new { messages = new[] { new { type = "user", text = "Hello" } } };
        using var response = await server.Http.SendAsync(HttpMethod.Post, stateful ? $"/v1/conversation/{id}/dispatch" : "/v1/conversation/dispatch", body);
        var channel = (await response.ReadAsync()).Text("channelId");

        using var subscription = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/channel/{channel}/subscribe", new { historyLength = 1000 });
        using var lines = await RunLines.OpenAsync(subscription);
        var inner = new List<JsonElement>();
        while (inner.Count == 0 || RunTranscript.TypeOf(inner[^1]) != "result")
        {
            var line = (await lines.NextAsync())!.Value;
            Assert.Equal("message", RunTranscript.TypeOf(line));
            inner.Add(line.GetProperty("data"));
        }
        var run = new RunTranscript(null, inner);
        Assert.Equal(["sendResult", "completeBegin", "token", "token", "message", "completeEnd", "usage", "receiveResult", "result"], run.Types);
        Assert.Equal("Hi there", run.Text);
        Assert.Equal(stateful ? 2 : 0, (await server.MessagesAsync(id)).Count);
    }
}
