using System.Collections.Concurrent;
using System.Text;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// How late 10,000 tasks start, of which 500 are due per second. They have no bot, so that an execution ends in the transaction that
/// starts it and no model takes part.
/// </summary>
internal sealed class TaskScheduleBenchmark : IBenchmark
{
    private const int PerSecond = 500;

    private static readonly TimeProvider Time = TimeProvider.System;

    public string Name => "task-schedule";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var server = await ChatBotKitServer.StartAsync(
            ["--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={data.Path}"],
            builder => builder.Logging.ClearProviders(),
            cancellationToken: cancellationToken);
        var store = server.Services.GetRequiredService<IStore>();
        var starts = new Starts();
        server.Services.GetRequiredService<ChangeFeed>().Listen(starts);
        var count = context.Options.IsQuick ? 2_000 : 10_000;
        await Rounds.RunAsync(context, $"{Name}, {count} tasks, {PerSecond} due per second",
        [
            new("timers", token => TimersAsync(store, count, token)),
            new("tasks", token => TasksAsync(store, starts, count, token)) { Targets = [Target.NoMoreThan("lateness p99", 250)] },
        ], cancellationToken);
    }

    private static async Task<Sample> TasksAsync(IStore store, Starts starts, int count, CancellationToken cancellationToken)
    {
        // The tasks are stored first, and due afterwards.
        var start = Time.GetUtcNow().AddSeconds(20);
        var account = (await store.FindServerOwnerAsync(cancellationToken))!;
        starts.Reset(count);
        foreach (var indexes in Enumerable.Range(0, count).Chunk(500))
        {
            await store.ChangeAsync(
                async db =>
                {
                    foreach (var index in indexes)
                        await AddAsync(db, starts, account, start + Offset(index));
                    return true;
                },
                cancellationToken);
        }

        if (Time.GetUtcNow() > start)
            throw new InvalidOperationException("The tasks were due before all were stored.");
        await starts.AllStarted.WaitAsync(cancellationToken);
        return LateWork.SampleOf(starts.Lateness);
    }

    private static async ValueTask AddAsync(ISqlTransaction db, Starts starts, string account, DateTimeOffset dueAt)
    {
        var (id, due, now) = (Ids.New(), dueAt.ToUnixTimeMilliseconds(), Time.GetUtcNow().ToUnixTimeMilliseconds());
        starts.DueAt[id] = due;
        await db.InsertAsync(ResourceTable.Rows, new ResourceRow
        {
            Id = id,
            Kind = "task",
            AccountId = account,
            CreatedAt = now,
            UpdatedAt = now,
            Data = Encoding.UTF8.GetBytes($$"""{"name":"Report","description":"Write it.","schedule":"hourly","status":"idle","outcome":"pending","lastRunAt":null,"nextRunAt":{{due}}}"""),
        });
        await db.ScheduleDueWorkAsync("task-schedule", id, due, now);
    }

    /// <summary>The same executions without tasks: a timer for each stores its row.</summary>
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
                    await LateWork.StoreRowAsync(db);
                    return true;
                },
                cancellationToken);
            lateness.Add(Time.GetUtcNow() - dueAt);
        }));
        return LateWork.SampleOf(lateness);
    }

    private static TimeSpan Offset(int index) => TimeSpan.FromSeconds((double)index / PerSecond);

    /// <summary>Notes when the start of each task is durable: then its change is published.</summary>
    private sealed class Starts : IChangeListener
    {
        private TaskCompletionSource _all = new();
        private int _open;

        public ConcurrentDictionary<string, long> DueAt { get; } = new(StringComparer.Ordinal);

        public ConcurrentBag<TimeSpan> Lateness { get; } = [];

        public Task AllStarted => _all.Task;

        public void Reset(int count)
        {
            (_all, _open) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), count);
            Lateness.Clear();
        }

        public void OnChanged(in Change change)
        {
            if (change is not { Kind: "task", What: ChangeKind.Updated } || !DueAt.TryRemove(change.Id, out var due))
                return;
            Lateness.Add(Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(due));
            if (Interlocked.Decrement(ref _open) == 0)
                _all.TrySetResult();
        }
    }
}
