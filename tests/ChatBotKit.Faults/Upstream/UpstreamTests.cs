namespace ChatBotKit.Faults.Upstream;

/// <summary>Each fault of the model's endpoint, tested with each way to start a run.</summary>
public sealed class UpstreamTests(UpstreamServers servers) : IClassFixture<UpstreamServers>
{
    /// <summary>The user's message for which the endpoint has no fault.</summary>
    internal const string GoOn = "Go on";

    public static TheoryData<string> Faults => [.. UpstreamFaults.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_InEveryForm_EndsTheRunAsDocumented(string name)
    {
        var fault = UpstreamFaults.All[name];
        var server = servers[fault.Setting];
        var logged = server.Log.All.Count;
        var conversations = new[] { await server.AddConversationAsync(), await server.AddConversationAsync(), await server.AddConversationAsync() };

        var runs = await Task.WhenAll(
            RunForms.StreamAsync(server, conversations[0], name),
            RunForms.DispatchAsync(server, conversations[1], name),
            RunForms.StatelessStreamAsync(server, name),
            RunForms.StatelessDispatchAsync(server, name),
            RunForms.WholeAsync(server, conversations[2], name),
            RunForms.StatelessWholeAsync(server, name)).WaitAsync(UpstreamServer.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, servers.Model.TakeFailures());
        Assert.All(runs[..4], run => CheckStream(fault, run));
        Assert.All(runs[4..], run => CheckWhole(fault, run));
        foreach (var conversation in conversations)
            await CheckConversationAsync(server, fault, conversation);
        Assert.DoesNotContain(UpstreamFaults.Key[..12], string.Join('\n', runs.AsEnumerable()), StringComparison.Ordinal);
        Assert.True(server.Log.All.Count > logged);
        Assert.DoesNotContain(server.Log.All.Skip(logged), line => line.Contains(UpstreamFaults.Key[..12], StringComparison.Ordinal));
    }

    private static void CheckStream(UpstreamFault fault, SeenRun run)
    {
        var said = fault.Said.Length > 0 ? "token message " : "";
        var end = fault switch
        {
            { EndReason: "stop" } => "completeEnd ",
            { EndReason: "abort" } => "abort ",
            _ => "error ",
        };
        Assert.Equal($"sendResult completeBegin {said}{end}usage receiveResult result", run.Shape);
        Assert.Equal((fault.Said, fault.Said, fault.EndReason), (run.Said, run.Text, run.EndReason));
        if (fault.EndReason == "abort")
            Assert.Equal("timeout", run.Of("abort").Single().GetProperty("reason").GetString());
        if (fault.Code is null)
            return;
        var error = run.Of("error").Single();
        Assert.Equal((fault.Code, "openai"), (error.GetProperty("code").GetString(), error.GetProperty("provider").GetString()));
        Assert.Contains(fault.Hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        CheckWait(fault, error.TryGetProperty("retryAfter", out var wait) ? wait.GetInt64() : null);
    }

    private static void CheckWhole(UpstreamFault fault, SeenRun run)
    {
        Assert.Equal(fault.Status, run.Status);
        if (fault.Code is null)
        {
            Assert.Equal((fault.Said, fault.EndReason), (run.Text, run.EndReason));
            return;
        }
        var error = run.Whole!.Value;
        Assert.Equal(fault.Code, error.GetProperty("code").GetString());
        Assert.Contains(fault.Hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        CheckWait(fault, run.RetryAfter);
    }

    private static void CheckWait(UpstreamFault fault, long? seconds)
    {
        if (fault.RetryAfter is var (least, most))
            Assert.InRange(seconds ?? -1, least, most);
        else
            Assert.Null(seconds);
    }

    /// <summary>Checks that messages are kept, and that the conversation can continue.</summary>
    private async Task CheckConversationAsync(UpstreamServer server, UpstreamFault fault, string conversation)
    {
        List<(string, string)> kept = [("user", fault.Name)];
        if (fault.Said.Length > 0)
            kept.Add(("bot", fault.Said));
        Assert.Equal(kept, await server.MessagesAsync(conversation));
        if (fault.Setting == UpstreamSetting.Refused)
            return;

        IReadOnlyList<(string Role, string Text)> prompt = [];
        servers.Model.When(GoOn, one =>
        {
            prompt = one.Messages;
            return one.CompleteAsync("Good", " again");
        });
        var next = await RunForms.StreamAsync(server, conversation, GoOn);
        Assert.Equal(("stop", "Good again"), (next.EndReason, next.Text));
        List<(string, string)> asked = [("user", fault.Name)];
        if (fault.Said.Length > 0)
            asked.Add(("assistant", fault.Said));
        Assert.Equal([.. asked, ("user", GoOn)], prompt.Where(message => message.Role != "system"));
    }
}
