using System.Collections.Concurrent;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>How late work is done that is due, at a steady load, and how fast when all of it is due at once.</summary>
internal sealed class DueWorkBenchmark : IBenchmark
{
    private const int PerSecond = 1_000;
    private const int AtOnce = 128;

    private static readonly TimeProvider Time = TimeProvider.System;

    public string Name => "due-work";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        var handler = new Handler();
        await using var server = await ChatBotKitServer.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={data.Path}"],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<IDueWorkHandler>(handler);
            },
            cancellationToken: cancellationToken);
        var store = server.Services.GetRequiredService<IStore>();
        var (steady, burst) = context.Options.IsQuick ? (1_000, 1_000) : (5_000, 5_000);
        await Rounds.RunAsync(context, $"{Name}, {PerSecond} per second",
        [
            new("timers", token => TimersAsync(store, steady, token)),
            new("due work", token => SteadyAsync(store, handler, steady, token)) { Targets = [Target.NoMoreThan("lateness p99", 100)] },
        ], cancellationToken);
        await Rounds.RunAsync(context, $"{Name}, {burst} at once",
        [
            new("transactions", token => TransactionsAsync(store, burst, token)),
            new("due work", token => BurstAsync(store, handler, burst, token)),
        ], cancellationToken);
    }

    private static async Task<Sample> SteadyAsync(IStore store, Handler handler, int count, CancellationToken cancellationToken)
    {
        var start = Time.GetUtcNow().AddSeconds(1);
        await RunAsync(store, handler, count, index => start + Offset(index), cancellationToken);
        return LateWork.SampleOf(handler.Lateness);
    }

    private static async Task<Sample> BurstAsync(IStore store, Handler handler, int count, CancellationToken cancellationToken)
    {
        var start = Time.GetUtcNow().AddSeconds(1);
        await RunAsync(store, handler, count, _ => start, cancellationToken);
        return new Sample([new("finished per second", "", count / (Time.GetUtcNow() - start).TotalSeconds)]);
    }

    /// <summary>Stores the items ahead of their time, and waits until all are finished.</summary>
    private static async Task RunAsync(
        IStore store, Handler handler, int count, Func<int, DateTimeOffset> dueAt, CancellationToken cancellationToken)
    {
        handler.Lateness.Clear();
        foreach (var indexes in Enumerable.Range(0, count).Chunk(500))
        {
            await store.ChangeAsync(
                async db =>
                {
                    foreach (var index in indexes)
                        await db.AddDueWorkAsync(DueWorkRow.New(handler.Kind, $"i{index}", dueAt(index), Time.GetUtcNow()));
                    return true;
                },
                cancellationToken);
        }

        while (await store.QueryAsync(db => db.FindNextDueWorkAsync(handler.Kind), cancellationToken) is not null)
            await Task.Delay(5, cancellationToken);
    }

    private static async Task<Sample> TimersAsync(IStore store, int count, CancellationToken cancellationToken)
    {
        var lateness = new ConcurrentBag<TimeSpan>();
        var start = Time.GetUtcNow().AddSeconds(1);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async index =>
        {
            var dueAt = start + Offset(index);
            await Task.Delay(dueAt - Time.GetUtcNow(), Time, cancellationToken);
            await store.ChangeAsync(
                async db =>
                {
                    lateness.Add(Time.GetUtcNow() - dueAt);
                    await LateWork.StoreRowAsync(db);
                    return true;
                },
                cancellationToken);
        }));
        return LateWork.SampleOf(lateness);
    }

    private static async Task<Sample> TransactionsAsync(IStore store, int count, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (_, token) => await store.ChangeAsync(
                async db =>
                {
                    await LateWork.StoreRowAsync(db);
                    return true;
                },
                token));
        return new Sample([new("finished per second", "", count / Time.GetElapsedTime(start).TotalSeconds)]);
    }

    private static TimeSpan Offset(int index) => TimeSpan.FromSeconds((double)index / PerSecond);

    private sealed class Handler : IDueWorkHandler
    {
        public string Kind => "bench";

        public int AtOnce => DueWorkBenchmark.AtOnce;

        public ConcurrentBag<TimeSpan> Lateness { get; } = [];

        public Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken) =>
            Task.FromResult(DueWorkResult.With(db =>
            {
                Lateness.Add(Time.GetUtcNow() - item.ScheduledAt);
                return LateWork.StoreRowAsync(db);
            }));
    }
}
