using System.Globalization;

namespace ChatBotKit.Faults.Load;

/// <summary>Checks what remains in memory after many conversations.</summary>
public sealed class ConversationLoadTests
{
    /// <summary>The number of tokens in each answer.</summary>
    internal const int Tokens = 20;

    private const int PerSecond = 200;

    private const double MostGrowth = 1.1;

    private static readonly int Seconds = LoadForm.Seconds(5, 600);

    /// <summary>
    /// Enough to fill every cache, and a divisor of the later number. A cache that is cleared when it is full then has the same
    /// size at both measurements.
    /// </summary>
    private static readonly int WarmUp = Form.Pick(100, Math.Min(20_000, PerSecond * Seconds));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_TwoHundredASecond_AllEndAndLeaveNoMemoryBehind()
    {
        await using var server = await LoadServer.StartAsync(Token);
        server.Model.When("Answer", one => one.CompleteAsync(Enumerable.Repeat(" word", Tokens)));
        var load = new ConversationLoad(server, PerSecond);
        await load.RunAsync(WarmUp, onSecond: null, Token);
        var before = await server.Meter.SettleAsync(Token);
        Form.Report($"conversations, before: {before}");

        var line = await load.RunAsync(PerSecond * Seconds, seconds => Sample(server, load, seconds), Token);
        Form.Report($"conversations: {line}");
        var after = await server.Meter.SettleAsync(Token);
        Form.Report($"conversations, after:  {after}");

        Assert.Empty(load.Errors);
        Assert.Equal(PerSecond * Seconds, load.Ended);
        Assert.Equal(0, server.Model.TakeFailures());
        if (!Form.IsLong)
            return;
        Assert.InRange(after.Heap, 0, (long)(before.Heap * MostGrowth));
        Assert.InRange(after.Resident, 0, (long)(before.Resident * MostGrowth));
    }

    private static void Sample(LoadServer server, ConversationLoad load, int seconds)
    {
        if (Form.IsLong && seconds % 30 == 0)
        {
            Form.Report(string.Create(CultureInfo.InvariantCulture,
                $"conversations, {seconds,4} s: {load.Ended,7} ended, resident {server.Meter.Resident / 1e6,7:0.0} MB"));
        }
    }
}
