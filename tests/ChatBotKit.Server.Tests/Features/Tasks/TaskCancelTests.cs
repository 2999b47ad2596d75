using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>What ends an execution early.</summary>
public sealed class TaskCancelTests : IAsyncLifetime
{
    private TaskServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TaskServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Cancel_OfATask_EndsItsExecution_AndIsNotDoneTwice()
    {
        var (id, asked) = await StartHangingAsync();

        Assert.Equal(id, (await PostAsync($"task/{id}/cancel")).Id());

        var execution = Assert.Single(await _server.ExecutionsAsync(id));
        AssertCanceled(execution, await _server.FetchAsync(id));
        await asked.WaitForDisconnectAsync(Token);
        Assert.Equal(id, (await PostAsync($"task/{id}/cancel")).Id());
        Assert.Equal(execution.GetRawText(), Assert.Single(await _server.ExecutionsAsync(id)).GetRawText());
        Assert.Equal(0, await _server.Server.Store.CountAsync(DueWorkTable.Rows, """WHERE "Kind" = 'task-run'"""));
    }

    [Fact]
    public async Task Cancel_OfAnExecution_EndsItAlone()
    {
        var (id, asked) = await StartHangingAsync();
        var (other, _) = await StartHangingAsync();
        var execution = Assert.Single(await _server.ExecutionsAsync(id)).Id();

        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"task/{other}/execution/{execution}/cancel", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"task/{id}/execution/cnothing/cancel", "{}");
        var answer = await PostAsync($"task/{id}/execution/{execution}/cancel");

        Assert.Equal((execution, id), (answer.Id(), answer.Text("taskId")));
        AssertCanceled(Assert.Single(await _server.ExecutionsAsync(id)), await _server.FetchAsync(id));
        await asked.WaitForDisconnectAsync(Token);
        Assert.Equal("running", (await _server.FetchAsync(other)).Text("status"));
    }

    [Fact]
    public async Task Task_ThatWasCanceled_CanRunAgain()
    {
        var (id, _) = await StartHangingAsync();
        await PostAsync($"task/{id}/cancel");
        _server.ScriptSuccess();

        await _server.TriggerAsync(id);

        Assert.Equal(["failure", "success"], (await _server.WhenEndedAsync(id, 2)).Select(execution => execution.Text("outcome")));
    }

    [Fact]
    public async Task Cancel_OfAnIdleTask_ChangesNothing()
    {
        _server.ScriptSuccess();
        var id = await _server.CreateAsync();
        await _server.RunAsync(id);
        var before = (await _server.FetchAsync(id)).GetRawText();

        await PostAsync($"task/{id}/cancel");

        Assert.Equal(before, (await _server.FetchAsync(id)).GetRawText());
    }

    [Fact]
    public async Task Delete_OfARunningTask_TakesItsExecutions_AndEndsTheRun()
    {
        var (id, asked) = await StartHangingAsync();
        await _server.Owner.ReadAsync(HttpMethod.Post, $"task/{id}/update", """{"schedule":"hourly"}""");

        await PostAsync($"task/{id}/delete");

        await asked.WaitForDisconnectAsync(Token);
        Assert.Equal(0, await _server.Server.Store.CountAsync(TaskExecutionTable.Rows));
        Assert.Equal(0, await _server.Server.Store.CountAsync(DueWorkTable.Rows, """WHERE "Kind" LIKE 'task-%'"""));
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"task/{id}/execution/list");
    }

    [Fact]
    public async Task Conversation_ThatIsDeleted_EndsTheExecution()
    {
        var (id, _) = await StartHangingAsync();
        var conversation = Assert.Single(await _server.ExecutionsAsync(id)).Text("conversationId");

        await PostAsync($"conversation/{conversation}/delete");

        var execution = (await _server.WhenEndedAsync(id))[0];
        Assert.Equal(("failure", null), (execution.Text("outcome"), execution.Text("conversationId")));
    }

    [Fact]
    public async Task Abort_OfTheRun_EndsTheExecution()
    {
        var (id, _) = await StartHangingAsync();
        var conversation = Assert.Single(await _server.ExecutionsAsync(id)).Text("conversationId");
        var run = (await _server.Owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).Ids().Single();

        await PostAsync($"conversation/{conversation}/run/{run}/abort");

        Assert.Equal("The run of the task was aborted.", (await _server.WhenEndedAsync(id))[0].Text("summary"));
    }

    [Fact]
    public async Task List_ByStatus_HoldsThoseExecutionsAlone()
    {
        var (id, _) = await StartHangingAsync();
        foreach (var (status, count) in new[] { ("running", 1), ("idle", 0), ("canceled", 0) })
            Assert.Equal(count, (await _server.Owner.ReadAsync(HttpMethod.Get, $"task/{id}/execution/list?status={status}")).Items().Count());
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"status\"*", HttpMethod.Get, $"task/{id}/execution/list?status=lazy");
    }

    private static void AssertCanceled(JsonElement execution, JsonElement task)
    {
        Assert.Equal(
            ("canceled", "failure", "The execution was canceled."),
            (execution.Text("status"), execution.Text("outcome"), execution.Text("summary")));
        Assert.Equal(("idle", "failure"), (task.Text("status"), task.Text("outcome")));
    }

    private async Task<(string Id, ScriptedRequest Asked)> StartHangingAsync()
    {
        _server.Model.Answer(script => script.Silence());
        var id = await _server.CreateAsync();
        await _server.TriggerAsync(id);
        return (id, await _server.Model.NextRequestAsync(Token));
    }

    private Task<JsonElement> PostAsync(string path) => _server.Owner.ReadAsync(HttpMethod.Post, path, "{}");
}
