using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>How the executions of tasks go and end.</summary>
public sealed class TaskRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trigger_CarriesTheTaskOutInAConversation_AndKeepsTheResult()
    {
        await using var server = await TaskServer.StartAsync();
        server.ScriptSuccess();
        var id = await server.CreateAsync();

        Assert.Equal(id, (await server.TriggerAsync(id)).Id());
        var execution = (await server.WhenEndedAsync(id))[0];

        Assert.Equal(
            ("idle", "success", "Tidy up", "Tidied up.", "It is tidy.", id),
            (execution.Text("status"), execution.Text("outcome"), execution.Text("name"), execution.Text("description"), execution.Text("summary"), execution.Text("taskId")));
        Assert.True(execution.GetProperty("completedAt").GetInt64() >= execution.GetProperty("createdAt").GetInt64());
        var task = await server.FetchAsync(id);
        Assert.Equal(("idle", "success"), (task.Text("status"), task.Text("outcome")));
        Assert.Equal(execution.GetProperty("createdAt").GetInt64(), task.GetProperty("lastRunAt").GetInt64());
        var messages = (await server.MessagesAsync(execution)).Select(TranscriptMessage.From).ToList();
        Assert.Equal(
            ["user Tidy the shelf.", "request _getTaskDetails", "response _getTaskDetails", "request _success", "response _success"],
            messages.Select(message => message.Activity is { } call ? $"{call.Kind} {call.Name}" : $"{message.Type} {message.Text}"));
        Assert.Contains(id, messages[2].Activity!.Result, StringComparison.Ordinal);
        var conversation = await server.Owner.ReadAsync(HttpMethod.Get, $"conversation/{execution.Text("conversationId")}/fetch");
        Assert.Equal((id, server.BotId), (conversation.Text("taskId"), conversation.Text("botId")));
        Assert.Equal(
            ["_failure", "_getTaskDetails", "_success"],
            server.Model.Requests[0].Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").Text("name")).Order());
    }

    [Fact]
    public async Task Usage_OfTheDescription_IsCounted()
    {
        await using var server = await TaskServer.StartAsync();
        server.ScriptSuccess();

        var execution = await server.RunAsync(await server.CreateAsync());

        var usage = await server.Server.Store.ListAsync(UsageTable.Rows, """WHERE "ConversationId" = $1""", execution.Text("conversationId")!);
        Assert.Equal(7, usage.Sum(row => row.InputTokens + row.OutputTokens));
    }

    [Theory]
    [InlineData("no JSON at all", "Tidy", null, "All done.")]
    [InlineData("{\\\"name\\\": 5}", "Tidy", null, "All done.")]
    [InlineData("Here: {\\\"name\\\":\\\"A\\\"} ok", "A", null, "All done.")]
    public async Task Description_ThatTheModelDoesNotWrite_IsTheReport(string described, string name, string? description, string summary)
    {
        await using var server = await TaskServer.StartAsync();
        server.ScriptSuccess(described: described.Replace("\\\"", "\"", StringComparison.Ordinal));

        var execution = await server.RunAsync(await server.CreateAsync());

        Assert.Equal((name, description, summary), (execution.Text("name"), execution.Text("description"), execution.Text("summary")));
    }

    [Fact]
    public async Task Failure_ThatTheBotReports_IsTheOutcome()
    {
        await using var server = await TaskServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c", "_failure", """{"reason":"The shelf is locked."}""")).Answer(script => script.Fail(500, "no"));

        var id = await server.CreateAsync();
        var execution = await server.RunAsync(id);

        Assert.Equal(("failure", "The shelf is locked."), (execution.Text("outcome"), execution.Text("summary")));
        Assert.Equal("failure", (await server.FetchAsync(id)).Text("outcome"));
    }

    [Fact]
    public async Task Report_WithArgumentsThatAreNoJson_IsAskedForAgain()
    {
        await using var server = await TaskServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c", "_failure", "{nonsense"));
        server.ScriptSuccess();

        Assert.Equal("success", (await server.RunAsync(await server.CreateAsync())).Text("outcome"));
    }

    [Fact]
    public async Task Bot_ThatOnlyTalks_IsAskedToGoOn_AndThenFails()
    {
        await using var server = await TaskServer.StartAsync();

        var execution = await server.RunAsync(await server.CreateAsync());

        Assert.Equal("failure", execution.Text("outcome"));
        Assert.Contains("_success", execution.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(3, server.Model.Requests.Count);
        Assert.Equal(2, (await server.MessagesAsync(execution)).Count(message => message.Text.StartsWith("Go on with the task", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Task_WithoutABot_IsAborted()
    {
        await using var server = await TaskServer.StartAsync();
        var id = await server.CreateAsync();
        await server.Owner.ReadAsync(HttpMethod.Post, $"task/{id}/update", """{"botId":null}""");

        var execution = await server.RunAsync(id);

        Assert.Equal(("idle", "failure", "The task has no bot, so nothing was done."), (execution.Text("status"), execution.Text("outcome"), execution.Text("summary")));
        Assert.Null(execution.Text("conversationId"));
        Assert.Equal(("idle", "failure"), ((await server.FetchAsync(id)).Text("status"), (await server.FetchAsync(id)).Text("outcome")));
    }

    [Fact]
    public async Task Trigger_OfARunningTask_StartsNothing()
    {
        await using var server = await TaskServer.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Model.Answer(script => script.WaitFor(gate.Task).ToolCall("c", "_success", "{}"));
        var id = await server.CreateAsync();
        await server.TriggerAsync(id);
        await server.Model.NextRequestAsync(Token);
        Assert.Equal(("running", "pending"), ((await server.FetchAsync(id)).Text("status"), (await server.FetchAsync(id)).Text("outcome")));
        Assert.Equal([id], (await server.Owner.ReadAsync(HttpMethod.Get, "task/list?status=running")).Ids());

        await server.TriggerAsync(id);
        gate.SetResult();

        Assert.Equal("success", (await server.WhenEndedAsync(id))[0].Text("outcome"));
    }

    [Fact]
    public async Task Executions_ShareAConversation_WhileItIsYoung()
    {
        await using var server = await TaskServer.StartAsync();
        foreach (var (field, isShared) in new[] { ("\"sessionDuration\":null", true), ("\"sessionDuration\":0", false) })
        {
            var id = await server.CreateAsync(field);
            for (var run = 1; run <= 2; run++)
            {
                server.ScriptSuccess($"Run {run}.", "");
                await server.TriggerAsync(id);
                Assert.Equal($"Run {run}.", (await server.WhenEndedAsync(id, run))[^1].Text("summary"));
            }

            var conversations = (await server.ExecutionsAsync(id)).Select(execution => execution.Text("conversationId")).Distinct();
            Assert.Equal(isShared ? 1 : 2, conversations.Count());
        }
    }

    [Theory]
    [InlineData("\"maxCalls\":2", "function calls", 4)]
    [InlineData("\"maxIterations\":12", "steps", 12)]
    [InlineData("\"maxIterations\":10,\"maxCalls\":0", "steps", 10)]
    public async Task Limit_OfTheTask_EndsIt(string limit, string named, int requests)
    {
        await using var server = await TaskServer.StartAsync();
        var number = 0;
        server.Model.Otherwise(_ => new ModelScript().ToolCall($"c{++number}", "_getTaskDetails", $$"""{"n":{{number}}}"""));

        var execution = await server.RunAsync(await server.CreateAsync(limit));

        Assert.Equal("failure", execution.Text("outcome"));
        Assert.Contains(named, execution.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(requests, server.Model.Requests.Count);
    }

    [Fact]
    public async Task Time_OfTheTask_EndsIt()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await TaskServer.StartAsync(time);
        server.Model.Answer(script => script.Silence());
        var id = await server.CreateAsync("\"maxTime\":1200000");
        await server.TriggerAsync(id);
        var asked = await server.Model.NextRequestAsync(Token);

        time.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal("The time limit of the task was reached.", (await server.WhenEndedAsync(id))[0].Text("summary"));
        await asked.WaitForDisconnectAsync(Token);
    }

    [Fact]
    public async Task Provider_ThatFails_IsTriedAgain_AndThenIsTheReason()
    {
        await using var server = await TaskServer.StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        server.Model.Answer(script => script.Fail(400, "The shelf model is broken."));
        server.ScriptSuccess();
        var first = await server.RunAsync(await server.CreateAsync());
        Assert.Equal("success", first.Text("outcome"));

        server.Model.Otherwise(_ => new ModelScript().Fail(400, "The shelf model is broken."));
        var second = await server.RunAsync(await server.CreateAsync());
        Assert.Equal("failure", second.Text("outcome"));
        Assert.Contains("The shelf model is broken.", second.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(3 + 3, server.Model.Requests.Count);
    }

    [Fact]
    public async Task Stop_OfTheServer_InterruptsTheTask_AndTheNextStartGoesOn()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        await using var model = await ScriptedModelServer.StartAsync(Token);
        model.Answer(script => script.Text("I begin.").Silence());
        var settings = EngineServer.Settings(model);
        string id;
        await using (var first = await ServerFactory.StartInAsync(directory, settings: settings))
        {
            using var owner = ServerFactory.ClientOf(first);
            var bot = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
            id = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "task/create", $$"""{"botId":"{{bot}}","description":"Tidy."}"""));
            await owner.ReadAsync(HttpMethod.Post, $"task/{id}/trigger", "{}");
            await model.NextRequestAsync(Token);
        }

        model.Answer(script => script.ToolCall("c", "_success", """{"summary":"Done after all."}""")).Answer(script => script.Text("{}"));
        await using var second = await ServerFactory.StartInAsync(directory, settings: settings);
        using var client = ServerFactory.ClientOf(second);
        var execution = await EndOfAsync(client, id);

        Assert.Equal(("success", "Done after all."), (execution.Text("outcome"), execution.Text("summary")));
        Assert.Contains("The work was interrupted.", model.Requests[1].LastText("user"), StringComparison.Ordinal);
        await second.StopAsync(Token);
        Directory.Delete(directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(directory);
    }

    private static async Task<JsonElement> EndOfAsync(HttpClient client, string taskId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var execution = Assert.Single((await client.ReadAsync(HttpMethod.Get, $"task/{taskId}/execution/list")).Items());
            if (execution.Text("status") != "running")
                return execution;
        }
    }
}
