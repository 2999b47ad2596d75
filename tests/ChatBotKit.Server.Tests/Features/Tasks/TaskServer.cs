using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A server with a bot, whose model is scripted, and helpers for tests of tasks.</summary>
internal sealed class TaskServer : IAsyncDisposable
{
    private readonly EngineServer _engine;
    private readonly FakeTimeProvider? _time;

    private TaskServer(EngineServer engine, FakeTimeProvider? time, string botId) => (_engine, _time, BotId) = (engine, time, botId);

    public string BotId { get; }

    public ServerFactory Server => _engine.Server;

    public ScriptedModelServer Model => _engine.Model;

    public HttpClient Owner => _engine.Http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="time">The clock of the server; null for the real one. Every wait moves it to the next attempt of an execution.</param>
    public static async Task<TaskServer> StartAsync(FakeTimeProvider? time = null)
    {
        var engine = await EngineServer.StartAsync(time, patientWithModels: time is not null);
        return new TaskServer(engine, time, ApiJson.Id(await engine.Http.ReadAsync(HttpMethod.Post, "bot/create", "{}")));
    }

    /// <summary>Adds a script in which the model reports success, and one with which it describes the execution.</summary>
    public void ScriptSuccess(string summary = "All done.", string described = """{"name":"Tidy up","description":"Tidied up.","summary":"It is tidy."}""") =>
        Model.Answer(script => script.ToolCall("call-1", "_success", $$"""{"summary":"{{summary}}"}""").Usage(1, 1))
            .Answer(script => script.Text(described).Usage(2, 3));

    /// <summary>Creates a task of the bot.</summary>
    /// <param name="more">Further fields, as the inside of a JSON object.</param>
    public async Task<string> CreateAsync(string more = "\"schedule\":\"never\"") => ApiJson.Id(await Owner.ReadAsync(
        HttpMethod.Post, "task/create", $$"""{"name":"Tidy","description":"Tidy the shelf.","botId":"{{BotId}}",{{more}}}"""));

    public Task<JsonElement> FetchAsync(string taskId) => Owner.ReadAsync(HttpMethod.Get, $"task/{taskId}/fetch");

    public Task<JsonElement> TriggerAsync(string taskId) => Owner.ReadAsync(HttpMethod.Post, $"task/{taskId}/trigger", "{}");

    public async Task<IReadOnlyList<JsonElement>> ExecutionsAsync(string taskId) =>
        [.. (await Owner.ReadAsync(HttpMethod.Get, $"task/{taskId}/execution/list?order=asc")).Items()];

    public Task<IReadOnlyList<MessageRow>> MessagesAsync(JsonElement execution) => _engine.MessagesAsync(execution.Text("conversationId")!);

    /// <summary>Waits until the task has this many executions, all of which have ended.</summary>
    public async Task<IReadOnlyList<JsonElement>> WhenEndedAsync(string taskId, int count = 1)
    {
        IReadOnlyList<JsonElement> executions = [];
        await WaitAsync(async () =>
        {
            executions = await ExecutionsAsync(taskId);
            return executions.Count == count && executions.All(execution => execution.Text("status") != "running");
        });
        return executions;
    }

    /// <summary>Triggers the task, and waits for the end of its execution, which must be the only one.</summary>
    public async Task<JsonElement> RunAsync(string taskId)
    {
        await TriggerAsync(taskId);
        return (await WhenEndedAsync(taskId))[0];
    }

    public async Task WaitAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);
        while (!await isReached())
        {
            limit.Token.ThrowIfCancellationRequested();
            await AdvanceAsync();
            await Task.Yield();
        }
    }

    private async Task AdvanceAsync()
    {
        if (_time is null)
            return;
        var waiting = await Server.Store.ListAsync(DueWorkTable.Rows, """WHERE "Kind" = 'task-run' AND "Owner" IS NULL AND "Attempt" > 0""");
        foreach (var next in waiting.Select(row => DateTimeOffset.FromUnixTimeMilliseconds(row.DueAt!.Value)))
        {
            // The times of work are whole milliseconds and those of timers are not, so a timer may fire within the millisecond after it.
            if (next >= _time.GetUtcNow())
                _time.SetUtcNow(next + TimeSpan.FromMilliseconds(1));
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
