using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Faults.Load;

/// <summary>
/// Conversations that begin at a fixed rate, whether those before are done or not. How long one takes is counted from the
/// moment at which it was to begin, so that a server that falls behind can't hide it.
/// </summary>
internal sealed class ConversationLoad(LoadServer server, int perSecond)
{
    private readonly ConcurrentBag<long> _ticks = [];
    private readonly ConcurrentBag<string> _errors = [];
    private int _started;

    public IReadOnlyCollection<string> Errors => _errors;

    public int Ended => _ticks.Count;

    /// <summary>Runs so many conversations to their end.</summary>
    /// <param name="count">How many.</param>
    /// <param name="onSecond">Called about every second with the seconds so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A line that says how it went.</returns>
    public async Task<string> RunAsync(int count, Action<int>? onSecond, CancellationToken cancellationToken)
    {
        _ticks.Clear();
        var (watch, processor) = (Stopwatch.StartNew(), server.Meter.ProcessorTime);
        var running = new List<Task>(count);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var seconds = 0;
        while (running.Count < count && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var due = Math.Min(count, (int)(watch.Elapsed.TotalSeconds * perSecond));
            while (running.Count < due)
            {
                var begin = TimeSpan.FromSeconds((double)running.Count / perSecond);
                running.Add(Task.Run(() => RunOneAsync(watch, begin, cancellationToken), cancellationToken));
            }

            if ((int)watch.Elapsed.TotalSeconds > seconds)
                onSecond?.Invoke(seconds = (int)watch.Elapsed.TotalSeconds);
        }

        await Task.WhenAll(running);
        var (elapsed, used) = (watch.Elapsed.TotalSeconds, server.Meter.ProcessorTime - processor);
        var latencies = new Latencies(_ticks);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Ended} conversations in {elapsed:0.0} s, {Ended / elapsed:0.0} a second, p50 {latencies.Milliseconds(50):0.0} ms, "
            + $"p99 {latencies.Milliseconds(99):0.0} ms, {_errors.Count} errors, processor {used.TotalSeconds / elapsed:0.00} cores");
    }

    private async Task RunOneAsync(Stopwatch watch, TimeSpan begin, CancellationToken cancellationToken)
    {
        try
        {
            var id = await server.CreateConversationAsync(cancellationToken);
            var token = await server.CreateSessionAsync(id, cancellationToken);
            var run = await server.CompleteAsync(id, "Answer", numbered: false, cancellationToken, token);
            if (run is not { Wrong: null, EndReason: "stop", Tokens: ConversationLoadTests.Tokens })
                _errors.Add(run.Wrong ?? $"{run.Tokens} tokens, {run.EndReason}");
            // Half of them are left behind, as most are in life.
            if (Interlocked.Increment(ref _started) % 2 == 0)
                await server.DeleteConversationAsync(id, cancellationToken);
            _ticks.Add((watch.Elapsed - begin).Ticks * (Stopwatch.Frequency / TimeSpan.TicksPerSecond));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            _errors.Add(exception.Message);
        }
    }
}
