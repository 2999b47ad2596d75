using System.Text.Json;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>What a subscriber of a task sees.</summary>
public sealed class TaskSubscriptionTests : IAsyncLifetime
{
    private TaskServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TaskServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Subscriber_SeesTheOperationsOfEachExecution()
    {
        var id = await _server.CreateAsync();
        using var lines = await SubscribeAsync(id, "{}");
        for (var run = 1; run <= 2; run++)
        {
            _server.ScriptSuccess(described: "{}");
            await _server.TriggerAsync(id);
            await _server.WhenEndedAsync(id, run);

            foreach (var type in new[] { "operationBegin", "operationEnd" })
            {
                var line = (await lines.NextAsync())!.Value;
                Assert.Equal((type, "_getTaskDetails"), (RunTranscript.TypeOf(line), line.GetProperty("data").GetProperty("action").Text("name")));
                Assert.True(line.GetProperty("createdAt").GetInt64() > 0);
            }
        }
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(1, new[] { "operationEnd 3" })]
    [InlineData(3, new[] { "operationEnd 2", "operationBegin 3", "operationEnd 3" })]
    [InlineData(1000, new[] { "operationBegin", "operationEnd", "operationBegin 2", "operationEnd 2", "operationBegin 3", "operationEnd 3" })]
    public async Task History_HoldsTheLastEvents_AndThoseOfLaterFollow(int length, string[] expected)
    {
        var id = await _server.CreateAsync();
        _server.Model
            .Answer(script => script.Text("a", "b", "c").ToolCall("c2", "_getTaskDetails", """{"n":2}"""))
            .Answer(script => script.ToolCall("c3", "_getTaskDetails", """{"n":3}"""));
        _server.ScriptSuccess(described: "{}");
        await _server.RunAsync(id);

        using var lines = await SubscribeAsync(id, $$"""{"historyLength":{{length}}}""");
        _server.ScriptSuccess(described: "{}");
        await _server.TriggerAsync(id);
        await _server.WhenEndedAsync(id, 2);

        foreach (var line in expected.Concat(["operationBegin", "operationEnd"]))
            Assert.Equal(line, Describe((await lines.NextAsync())!.Value));
    }

    [Fact]
    public async Task Failure_OfTheProvider_IsAnErrorEvent()
    {
        var id = await _server.CreateAsync();
        using var lines = await SubscribeAsync(id, "{}");
        _server.Model.Answer(script => script.Fail(400, "The shelf model is broken."));
        _server.ScriptSuccess();
        await _server.RunAsync(id);

        Assert.Contains("The shelf model is broken.", (await lines.UntilAsync("error"))[^1].GetProperty("data").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriber_ThatLeaves_LeavesNothingBehind()
    {
        var id = await _server.CreateAsync();
        var logs = _server.Server.App.Services.GetRequiredService<LogDirectory>();
        using (await SubscribeAsync(id, "{}"))
            Assert.Equal(1, logs.Count);

        await _server.WaitAsync(() => Task.FromResult(logs.Count == 0));
    }

    [Fact]
    public async Task Request_ThatIsBad_IsRefused()
    {
        var id = await _server.CreateAsync();
        foreach (var length in new[] { "-1", "1001", "\"x\"" })
            await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *historyLength*", HttpMethod.Post, $"task/{id}/subscribe", $$"""{"historyLength":{{length}}}""");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Task not found", HttpMethod.Post, "task/cnothing/subscribe", "{}");
    }

    private static string Describe(JsonElement line) =>
        RunTranscript.TypeOf(line)
        + (line.GetProperty("data").GetProperty("action").GetProperty("input").TryGetProperty("n", out var number) ? $" {number.GetInt32()}" : "");

    private async Task<RunLines> SubscribeAsync(string taskId, string body)
    {
        var answer = await _server.Owner.OpenAsync(HttpMethod.Post, $"task/{taskId}/subscribe", body);
        await answer.AssertOkAsync();
        return await RunLines.OpenAsync(answer);
    }
}
