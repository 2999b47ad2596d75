using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

public sealed class RunListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_InTheMiddleOfAnAnswer_NamesTheRunThatGoesOn()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var ended = await server.CompleteAsync(id, new { text = "Hello" });
        var goOn = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("One", " two").WaitFor(goOn.Task).Text(" three"));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Count" });
        using var lines = await RunLines.OpenAsync(response);
        var seen = (await lines.UntilAsync("token"))[^1].GetProperty("id").GetInt64();

        var running = Assert.Single((await ListAsync(server, id, "?state=running")).Items());
        Assert.Equal((lines.RunId, "running"), (ApiJson.Id(running), running.Text("state")));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (running.GetProperty("reason").ValueKind, running.GetProperty("endedAt").ValueKind));
        Assert.True(running.GetProperty("lastEventId").GetInt64() >= seen);
        Assert.Equal([lines.RunId!, ended.RunId], (await ListAsync(server, id)).Ids());

        var following = server.FollowAsync(id, lines.RunId!);
        goOn.SetResult();
        Assert.Equal("One two three", (await following).Said);
        Assert.Empty((await ListAsync(server, id, "?state=running")).Items());
    }

    [Fact]
    public async Task List_OfEndedRuns_TellsReasonTimesAndLastEvent()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });

        var item = Assert.Single((await ListAsync(server, id, "?state=ended")).Items());

        Assert.Equal((run.RunId, "ended", "stop"), (ApiJson.Id(item), item.Text("state"), item.Text("reason")));
        Assert.Equal(run.Ids[^1], item.GetProperty("lastEventId").GetInt64());
        Assert.True(item.GetProperty("endedAt").GetInt64() >= item.GetProperty("createdAt").GetInt64());
    }

    [Fact]
    public async Task List_InPages_ShowsEachRunOnceInOrder()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var runs = new List<string>();
        for (var i = 0; i < 5; i++)
            runs.Add((await server.CompleteAsync(id, new { text = "Hello" })).RunId);

        var seen = new List<string>();
        for (var pages = 0; pages < 3; pages++)
            seen.AddRange((await ListAsync(server, id, $"?order=asc&take=2&cursor={seen.LastOrDefault()}")).Ids());

        Assert.Equal(runs, seen);
    }

    [Fact]
    public async Task List_OtherState_Is400_AndUnknownConversationIs404()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.Http.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Get, $"conversation/{id}/run/list?state=asleep");
        await server.Http.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, "conversation/unknown/run/list");
    }

    [Theory]
    [InlineData("""["messages:read"]""", "200")]
    [InlineData("""["complete"]""", "403 PERMISSION_MISSING")]
    public async Task List_ByASession_NeedsThePermissionToReadMessages(string permissions, string code)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.PostAsync($"conversation/{id}/session/create", $$"""{"permissions":{{permissions}}}""");
        using var holder = server.Server.Client(session.Text("token"));

        Assert.Equal(code, await holder.CodeAsync(HttpMethod.Get, $"conversation/{id}/run/list"));
    }

    private static Task<JsonElement> ListAsync(EngineServer server, string conversationId, string query = "") =>
        server.Http.ReadAsync(HttpMethod.Get, $"conversation/{conversationId}/run/list{query}");
}
