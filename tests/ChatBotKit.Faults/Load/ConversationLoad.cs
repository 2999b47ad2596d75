using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Faults.Load;

/// <summary>
/// Starts conversations at a fixed rate, whether or not earlier ones are complete. The duration is measured from the scheduled
/// start, so that the delay of a slow server counts.
/// </summary>
internal sealed class ConversationLoad(LoadServer server, int perSecond)
{
    private readonly ConcurrentBag<long> _ticks = [];
    private readonly ConcurrentBag<string> _errors = [];
    private int _started;

    public IReadOnlyCollection<string> Errors => _errors;

    public int Ended => _ticks.Count;

    /// <summary>Runs a number of conversations to their end.</summary>
    /// <param name="count">The number of conversations.</param>
    /// <param name="onSecond">Called about every second with the elapsed seconds.</param>
    /// <param name="cancellationToken">The token that cancels the load.</param>
    /// <returns>A line with the result.</returns>
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
            // Half of them are not deleted, like most real ones.
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
