using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Plays many seeds, on as many threads as there are cores, and sums up their counts.</summary>
internal sealed class SeedRun
{
    private const int MostFailures = 5;

    private readonly Lock _gate = new();

    public long Seeds { get; private set; }

    public Counts Counts { get; } = new();

    /// <summary>The seeds that broke a promise, each with the first broken promise.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Plays the seeds until there are no more, the time has elapsed or enough have failed.</summary>
    public TimeSpan Play(IEnumerable<WorldOptions> seeds, TimeSpan time, int threads)
    {
        var start = Stopwatch.GetTimestamp();
        using var source = new SeedSource(seeds);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(PlayAll)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return Stopwatch.GetElapsedTime(start);

        void PlayAll()
        {
            while (Failures.Count < MostFailures && Stopwatch.GetElapsedTime(start) < time && source.Next() is { } options)
                Play(options);
        }
    }

    private void Play(WorldOptions options)
    {
        var world = new World(options);
        var faults = options.Faults?.ToString();
        try
        {
            world.Run();
        }
        catch (Exception exception)
        {
            world.Violate($"the simulation itself fails: {exception}");
        }
        if (world.Violations.Count > 0)
            Failures.Enqueue($"CHATBOTKIT_SEED={options.Seed}{(faults is null ? "" : " with " + faults)}: {world.Violations[0]}");
        lock (_gate)
        {
            Seeds++;
            Counts.Add(world.Counts);
        }
    }

    /// <summary>Distributes seeds to several threads.</summary>
    private sealed class SeedSource(IEnumerable<WorldOptions> seeds) : IDisposable
    {
        private readonly IEnumerator<WorldOptions> _seeds = seeds.GetEnumerator();

        public WorldOptions? Next()
        {
            lock (_seeds)
                return _seeds.MoveNext() ? _seeds.Current : null;
        }

        public void Dispose() => _seeds.Dispose();
    }
}
