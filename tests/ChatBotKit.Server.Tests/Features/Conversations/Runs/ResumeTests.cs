using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ResumeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ReaderLost_RunGoesOnAndIsTakenUpAtTheNextEvent()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var left = new TaskCompletionSource();
        server.Model.Answer(script => script.Text("One", " two").WaitFor(left.Task).Text(" three", " four"));

        string runId;
        var seen = new List<long>();
        using (var response = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Count" }))
        using (var lines = await RunLines.OpenAsync(response))
        {
            runId = lines.RunId!;
            seen.AddRange((await lines.UntilAsync("token")).Select(one => one.GetProperty("id").GetInt64()));
        }
        var following = server.FollowAsync(id, runId, after: seen[^1]);
        left.SetResult();
        var rest = await following;

        Assert.Equal(Enumerable.Range(1, seen.Count + rest.Events.Count).Select(i => (long)i), seen.Concat(rest.Ids));
        Assert.Equal(" two three four", rest.Said);
        Assert.Equal("One two three four", rest.Text);
        Assert.Equal("One two three four", (await server.MessagesAsync(id))[^1].Text);
    }

    [Fact]
    public async Task Stream_RunHasEnded_IsReadFromAnyEventOn()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });

        foreach (var after in new long?[] { null, 0, 3, run.Ids[^1] })
        {
            var again = await server.FollowAsync(id, run.RunId, after);
            Assert.Equal(run.Events.Skip((int)(after ?? 0)).Select(one => one.GetRawText()), again.Events.Select(one => one.GetRawText()));
        }
    }

    [Fact]
    public async Task Stream_AsOneDocument_IsTheResultWhereverTheEventsWereLeft()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });

        var document = await server.Http.ReadTextAsync($"conversation/{id}/run/{run.RunId}/stream?after=999999", "application/json");

        Assert.Contains($"\"text\":\"{run.Text}\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_LastEventId_IsHonoured()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });
        using var response = await server.Http.SendAsync(
            HttpMethod.Get, $"conversation/{id}/run/{run.RunId}/stream", accept: "text/event-stream", headers: ("Last-Event-ID", "4"));
        Assert.StartsWith("id: 5\nevent: ", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?after=x", "*/*")]
    [InlineData("", "text/csv")]
    public async Task Stream_BadRequest_IsRefused(string query, string accept)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var run = await server.CompleteAsync(id, new { text = "Hello" });
        using var response = await server.Http.SendAsync(HttpMethod.Get, $"conversation/{id}/run/{run.RunId}/stream{query}", accept: accept);
        await response.AssertRefusedAsync("400 BAD_REQUEST");
    }

    [Fact]
    public async Task Stream_RunThatWaitsForItsTurn_CanBeFollowed()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var gate = new TaskCompletionSource();
        server.Model.Answer(script => script.WaitFor(gate.Task).Text("First."));
        using var first = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "One" });
        await server.Model.NextRequestAsync(Token);
        using var second = await server.Http.OpenAsync(HttpMethod.Post, $"/v1/conversation/{id}/complete", new { text = "Two" });
        using var waiting = await RunLines.OpenAsync(second);

        var following = server.FollowAsync(id, waiting.RunId!);
        gate.SetResult();
        Assert.Equal("Two", (await following).Data("sendResult").Single().GetProperty("text").GetString());
    }

    [Fact]
    public async Task Restart_InTheMiddleOfARun_EndsItInOrder()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        model.Answer(script => script.Text("Half an").Silence());
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        try
        {
            string id;
            RunLines lines;
            await using (var first = await OneStart.StartAsync(directory, model))
            {
                id = await first.AddConversationAsync();
                lines = await first.CompleteAsync(id);
                await lines.UntilAsync("token");
            }
            using (lines)
            {
                await using var second = await OneStart.StartAsync(directory, model);
                await AssertEndedAsync(second, id, lines.RunId!, RunAbort.Shutdown);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Kill_InTheMiddleOfARun_LeavesWhatTheReaderSawAndEndsItAtTheNextStart()
    {
        // A copy of the files stands for a killed process. The end-to-end tests kill a process, on both databases.
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var model = await ScriptedModelServer.StartAsync(Token);
        model.Answer(script => script.Reasoning("Hm.").Text("Half an").Silence());
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var copy = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        try
        {
            await using var killed = await OneStart.StartAsync(directory, model);
            var id = await killed.AddConversationAsync();
            using var lines = await killed.CompleteAsync(id);
            var seen = await lines.UntilAsync("token");
            CopyOf(directory, copy);

            await using var next = await OneStart.StartAsync(copy, model);
            var all = await AssertEndedAsync(next, id, lines.RunId!, RunAbort.Restart);
            Assert.Equal(seen.Select(one => one.GetRawText()), all.Events.Take(seen.Count).Select(one => one.GetRawText()));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<RunTranscript> AssertEndedAsync(OneStart server, string id, string runId, string reason)
    {
        var all = await server.FollowAsync(id, runId);
        Assert.Equal(Enumerable.Range(1, all.Events.Count).Select(i => (long)i), all.Ids);
        Assert.Equal(reason, all.Data("abort").Single().GetProperty("reason").GetString());
        Assert.Equal(("abort", "Half an"), (all.EndReason, all.Text));
        var last = (await EngineServer.MessagesAsync(server.Store, id))[^1];
        Assert.Equal(("bot", "Half an", all.Result.GetProperty("id").GetString()), (last.Type, last.Text, last.Id));
        var run = (await server.Store.FindRunAsync(runId, Token))!;
        Assert.NotNull(run.EndedAt);
        Assert.Equal("abort", run.EndReason);
        Assert.Empty(await server.Store.ListOpenRunsAsync(Token));
        return all;
    }

    private static void CopyOf(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            // A running server holds the lock of its directory; the next server creates its own.
            if (!file.EndsWith("-shm", StringComparison.Ordinal) && Path.GetFileName(file) != "lock")
                CopyOfFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static void CopyOfFile(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
