namespace ChatBotKit.Server.Tests.Features;

/// <summary>What the event log has about tasks, and about the runs in their conversations.</summary>
public sealed class EventTaskTests : IAsyncLifetime
{
    private TaskServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TaskServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Execution_IsLogged_FromItsStartToItsEnd_WithItsConversationAndBot()
    {
        var task = await _server.CreateAsync();
        _server.ScriptSuccess(described: "{}");
        var execution = await _server.RunAsync(task);

        var events = (await _server.Owner.ReadAsync(HttpMethod.Get, $"event/log/list?taskId={task}&order=asc")).Items().ToList();
        var types = events.ConvertAll(one => one.Text("type")!);

        Assert.Equal(["task.create", "conversation.create", "task.interact"], types.Where(type => !type.StartsWith("message.", StringComparison.Ordinal)).Take(3));
        Assert.Equal("task.interact.completed", types[^1]);
        Assert.Contains("message.create", types);
        Assert.DoesNotContain("task.update", types);
        Assert.All(events.Skip(1), one => Assert.Equal(
            (_server.BotId, execution.Text("conversationId")), (one.Text("botId"), one.Text("conversationId"))));
    }

    [Fact]
    public async Task Task_WithoutABot_IsAborted()
    {
        var task = (await _server.Owner.ReadAsync(HttpMethod.Post, "task/create", "{}")).Id();
        await _server.TriggerAsync(task);

        Assert.Equal(
            ["task.interact.aborted", "task.create"],
            (await _server.Owner.ReadAsync(HttpMethod.Get, $"event/log/list?taskId={task}")).Items().Select(one => one.Text("type")));
    }
}
