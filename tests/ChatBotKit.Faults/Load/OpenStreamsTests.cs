using System.Diagnostics;
using System.Globalization;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Faults.Load;

/// <summary>A large number of open streams at the pace at which people read.</summary>
public sealed class OpenStreamsTests
{
    private const double MostGrowth = 1.1;

    private static readonly int Streams = Form.Pick(200, 1000);
    private static readonly int Seconds = LoadForm.Seconds(3, 60);
    private static readonly int Rounds = Form.Pick(1, 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_ManyAtTwentyTokensASecond_LoseNothingAndLeaveNoMemoryBehind()
    {
        await using var server = await LoadServer.StartAsync(Token);
        var uses = new List<MemoryUse>();
        for (var round = 0; round < Rounds; round++)
        {
            await RunRoundAsync(server, round);
            uses.Add(await server.Meter.SettleAsync(Token));
            Form.Report($"streams, after round {round + 1}: {uses[^1]}");
        }

        Assert.InRange(uses[^1].Heap, 0, (long)(uses[0].Heap * MostGrowth));
        Assert.InRange(uses[^1].Resident, 0, (long)(uses[0].Resident * MostGrowth));
    }

    private static async Task RunRoundAsync(LoadServer server, int round)
    {
        var tokens = Seconds * TokenTicker.TokensPerSecond;
        var ticker = new TokenTicker(Streams, tokens);
        server.Model.When("Talk", ticker.JoinAsync);
        var ids = new List<string>();
        for (var i = 0; i < Streams; i++)
            ids.Add(await server.CreateConversationAsync(Token));

        var (processor, watch) = (server.Meter.ProcessorTime, Stopwatch.StartNew());
        var runs = await Task.WhenAll(ids.Select(id => server.CompleteAsync(id, "Talk", numbered: true, Token)));
        var (used, elapsed) = (server.Meter.ProcessorTime - processor, watch.Elapsed);

        var delays = new Latencies(runs.SelectMany(run => run.Delays));
        Form.Report(string.Create(CultureInfo.InvariantCulture,
            $"streams, round {round + 1}: {Streams} open, {runs.Sum(run => (long)run.Tokens)} tokens in {elapsed.TotalSeconds:0.0} s, on their way "
            + $"p50 {delays.Milliseconds(50):0.0} ms, p99 {delays.Milliseconds(99):0.0} ms, "
            + $"processor {used.TotalSeconds / elapsed.TotalSeconds:0.00} cores"));
        Assert.Equal(Streams, ticker.Open);
        Assert.All(runs, run => Assert.Equal((null, tokens, "stop"), (run.Wrong, run.Tokens, run.EndReason)));
        Assert.Equal(0, server.Model.TakeFailures());
        // The memory of recently used conversations is not part of the cost of an open stream.
        foreach (var id in ids)
            await server.DeleteConversationAsync(id, Token);
    }
}
