namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// All steps that could be taken next; the seed picks one. They run on the thread that requests them, so a seed always gives the
/// same order of steps.
/// </summary>
/// <param name="random">The random numbers of the seed.</param>
/// <param name="shuffle">The percentage of steps that are picked at random; the others are taken in order.</param>
/// <param name="inline">The percentage of continuations that run inline where the engine's scheduler would allow it.</param>
/// <param name="trace">The trace, which records every step.</param>
internal sealed class Schedule(Random random, int shuffle, int inline, Trace trace)
{
    private readonly List<(StepScheduler Owner, Task Task)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public int Steps { get; private set; }

    public int Ready => _ready.Count;

    /// <summary>The stack of code that left the scheduler; null when none did.</summary>
    public string? Escape { get; private set; }

    public void Add(StepScheduler owner, Task task)
    {
        // A step from another thread comes at a time that does not depend on the seed.
        if (Environment.CurrentManagedThreadId != _thread)
            Escape ??= Environment.StackTrace;
        else
            _ready.Add((owner, task));
    }

    public bool MayInline() => random.Next(100) < inline;

    public bool TryStep()
    {
        if (_ready.Count == 0)
            return false;
        var index = _ready.Count > 1 && random.Next(100) < shuffle ? random.Next(_ready.Count) : 0;
        trace.Step(index, _ready.Count);
        var (owner, task) = _ready[index];
        _ready.RemoveAt(index);
        Steps++;
        owner.Run(task);
        return true;
    }

    public void Drop(StepScheduler owner) => _ready.RemoveAll(step => step.Owner == owner);
}

/// <summary>
/// The scheduler of one process of the simulation, or of the world around it. After it is stopped, it takes no more steps.
/// </summary>
internal sealed class StepScheduler(Schedule schedule) : TaskScheduler
{
    public bool IsStopped { get; private set; }

    public void Stop()
    {
        IsStopped = true;
        schedule.Drop(this);
    }

    public void Post(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    public void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task)
    {
        if (!IsStopped)
            schedule.Add(this, task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && !IsStopped && schedule.MayInline() && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
