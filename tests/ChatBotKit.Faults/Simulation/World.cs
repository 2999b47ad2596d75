using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Faults.Simulation;

/// <summary>The options of one simulation.</summary>
internal sealed record WorldOptions(int Seed)
{
    public Sabotage Sabotage { get; init; }

    /// <summary>The faults; null for those of the seed.</summary>
    public WriteFaults? Faults { get; init; }

    /// <summary>Whether the server may also crash or be stopped at times that do not depend on a write.</summary>
    public bool RestartsAtRandom { get; init; } = true;

    /// <summary>Whether a second server may be started while the first one still runs.</summary>
    public bool MayHaveTwoHolders { get; init; } = true;

    public bool KeepsText { get; init; }
}

/// <summary>
/// One simulation: a server whose steps, time, model, disk and crashes follow from one seed, and its clients. Everything runs on
/// the thread that calls <see cref="Run"/>.
/// </summary>
internal sealed class World
{
    private const int MostSteps = 200_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromHours(6);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly Schedule _schedule;

    public World(WorldOptions options)
    {
        Options = options;
        Random = new Random(options.Seed);
        Faults = options.Faults ?? WriteFaults.Of(Random);
        Trace = new Trace(options.KeepsText);
        _schedule = new Schedule(Random, Random.Next(3) switch { 0 => 100, 1 => 50, _ => 10 }, Random.Next(2) == 0 ? 100 : 70, Trace);
        Scheduler = new StepScheduler(_schedule);
        Clock = new ProcessClock(_time, Scheduler);
        Disk = new Disk { ForgetsTheFence = options.Sabotage == Sabotage.ForgetTheFence };
        Ledger = new Ledger(this);
        Host = new Host(this);
    }

    public WorldOptions Options { get; }

    public Sabotage Sabotage => Options.Sabotage;

    public Random Random { get; }

    public WriteFaults Faults { get; }

    public Trace Trace { get; }

    /// <summary>The scheduler of everything outside of the server: clients, the disk, and the restarts of the server.</summary>
    public StepScheduler Scheduler { get; }

    public ProcessClock Clock { get; }

    public Disk Disk { get; }

    /// <summary>
    /// Whether there ever was a second server. From then on either may hold outdated state, so only the disk is checked: nothing
    /// acknowledged is lost, no log is forked, and one of two writers is refused.
    /// </summary>
    public bool HadTwoHolders { get; set; }

    public Ledger Ledger { get; }

    public Host Host { get; }

    public Counts Counts { get; } = new();

    /// <summary>The broken promises.</summary>
    public List<string> Violations { get; } = [];

    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds() - Start.ToUnixTimeMilliseconds();

    public ProcessClock NewClock(StepScheduler scheduler) => new(_time, scheduler);

    public StepScheduler NewScheduler() => new(_schedule);

    public void Violate(string what)
    {
        Note("VIOLATION", what);
        if (Violations.Count < 10)
            Violations.Add(what);
    }

    public void Note(string what, string? about = null, long number = 0) => Trace.Add(Now, what, about, number);

    /// <summary>Yields to other steps, or not.</summary>
    public async ValueTask PauseAsync()
    {
        for (var turns = Random.Next(3); turns > 0; turns--)
            await Task.Yield();
    }

    public async Task WaitAsync(int mostMilliseconds) =>
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Next(1, mostMilliseconds)), Clock);

    /// <summary>Plays the simulation to its end and checks the invariants.</summary>
    public void Run()
    {
        var story = new Story(this);
        var end = new TaskCompletionSource();
        Scheduler.Post(() => _ = PlayAsync(story, end));
        Turn(end.Task);
        Counts.Steps = _schedule.Steps;
        if (_schedule.Escape is { } where)
            Violate("something left the scheduler: " + where);
        else if (Violations.Count > 0)
            return;
        else if (!end.Task.IsCompleted)
            Violate($"hangs after {_schedule.Steps} steps and {Now / 1000} s: {string.Join("; ", story.Unfinished())}");
        else if (end.Task.Exception is { } failure)
            Violate("the simulation itself fails: " + failure.InnerException);
        else
            new Invariants(this).Check();
    }

    private static async Task PlayAsync(Story story, TaskCompletionSource end)
    {
        try
        {
            await story.PlayAsync();
            end.SetResult();
        }
        catch (Exception exception)
        {
            end.SetException(exception);
        }
    }

    /// <summary>Takes steps, and advances the clock when there is none to take.</summary>
    private void Turn(Task end)
    {
        var idle = 0;
        while (Violations.Count == 0 && _schedule.Escape is null && _schedule.Steps < MostSteps && Now < MostTime.TotalMilliseconds)
        {
            if (_schedule.TryStep())
            {
                if (Random.Next(200) == 0)
                    _time.Advance(TimeSpan.FromMilliseconds(Random.Next(1, 50)));
                continue;
            }
            if (end.IsCompleted)
                return;
            idle = Random.Next(2) == 0 ? 0 : Math.Min(idle + 1, 10);
            _time.Advance(TimeSpan.FromMilliseconds(Random.Next(1, 60) << idle));
        }
    }
}

/// <summary>The counts of a simulation.</summary>
internal sealed class Counts
{
    public long Steps { get; set; }

    public long Writes { get; set; }

    public long Faults { get; set; }

    public long Crashes { get; set; }

    public long Restarts { get; set; }

    /// <summary>How often a second server was started while the first one still ran.</summary>
    public long SecondHolders { get; set; }

    /// <summary>The number of writes of one of two servers that were refused because of the other.</summary>
    public long Fenced { get; set; }

    public long Streams { get; set; }

    public long Resumed { get; set; }

    public long Acknowledged { get; set; }

    /// <summary>The number of runs by the reason of their end.</summary>
    public SortedDictionary<string, long> Ends { get; } = [];

    public void Add(Counts other)
    {
        Steps += other.Steps;
        Writes += other.Writes;
        Faults += other.Faults;
        Crashes += other.Crashes;
        Restarts += other.Restarts;
        SecondHolders += other.SecondHolders;
        Fenced += other.Fenced;
        Streams += other.Streams;
        Resumed += other.Resumed;
        Acknowledged += other.Acknowledged;
        foreach (var (reason, number) in other.Ends)
            Ends[reason] = Ends.GetValueOrDefault(reason) + number;
    }
}
