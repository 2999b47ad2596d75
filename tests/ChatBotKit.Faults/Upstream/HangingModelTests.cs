namespace ChatBotKit.Faults.Upstream;

/// <summary>A model that does not answer affects only the callers that use it.</summary>
public sealed class HangingModelTests
{
    private const int Hanging = 50;

    private const int Turns = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_WhileFiftyConversationsHang_GoOnAndTheFiftyToo()
    {
        await using var model = new FaultyUpstream();
        var (release, everybodyHangs) = (new TaskCompletionSource(), new TaskCompletionSource());
        var here = 0;
        model.When("Hang", async one =>
        {
            await one.BeginAsync("Half");
            if (Interlocked.Increment(ref here) == Hanging)
                everybodyHangs.SetResult();
            await release.Task.WaitAsync(Token);
        });
        model.When("Hello", one => one.CompleteAsync("Hi", " there"));
        await using var server = await UpstreamServer.StartAsync(model.BaseUrl);
        var ids = new List<string>();
        for (var i = 0; i <= Hanging; i++)
            ids.Add(await server.AddConversationAsync());

        var hanging = ids.Take(Hanging).Select((id, i) => AskInTurnAsync(server, id, i)).ToList();
        await everybodyHangs.Task.WaitAsync(UpstreamServer.Patience, Token);
        for (var turn = 0; turn < Turns; turn++)
            Assert.Equal("Hi there", (await RunForms.StreamAsync(server, ids[^1], "Hello")).Text);
        Assert.Equal("Hi there", (await RunForms.StatelessWholeAsync(server, "Hello")).Text);
        Assert.Equal("Hi there", (await RunForms.StatelessDispatchAsync(server, "Hello")).Text);
        // A second turn in a conversation that hangs waits for the first one.
        var waiting = RunForms.StreamAsync(server, ids[0], "Hello");
        Assert.All(hanging, run => Assert.False(run.IsCompleted));
        release.SetResult();

        Assert.All(await Task.WhenAll(hanging), run => Assert.Equal(("error", "Half"), (run.EndReason, run.Said)));
        Assert.Equal("Hi there", (await waiting).Text);
        foreach (var id in ids.Skip(1).Take(Hanging - 1))
            Assert.Equal("Hi there", (await RunForms.WholeAsync(server, id, "Hello")).Text);
        Assert.Equal(0, model.TakeFailures());
    }

    /// <summary>Starts a run: every third one is dispatched, and every third one is stateless.</summary>
    private static Task<SeenRun> AskInTurnAsync(UpstreamServer server, string id, int number) => (number % 3) switch
    {
        0 => RunForms.StreamAsync(server, id, "Hang"),
        1 => RunForms.DispatchAsync(server, id, "Hang"),
        _ => RunForms.StatelessStreamAsync(server, "Hang"),
    };
}
