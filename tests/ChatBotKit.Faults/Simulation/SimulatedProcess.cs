using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// One process of the server: the real engine, its logs and its checks of sessions, from the start to the end or a crash.
/// </summary>
internal sealed class SimulatedProcess
{
    private static readonly SecurityOptions Options = new() { DataDirectory = "" };

    private readonly World _world;
    private readonly HashSet<Connection> _connections = [];
    private readonly HashSet<IPending> _calls = [];

    public SimulatedProcess(World world)
    {
        _world = world;
        Scheduler = world.NewScheduler();
        Clock = world.NewClock(Scheduler);
        Store = new SimulatedStore(world, this);
        Logs = new LogDirectory(Store, Clock);
        Channels = new ChannelLogs(Logs, Clock);
        Sessions = new Sessions(Store, Options, ChangesUnless(Sabotage.ForgetTheCache));
        Contacts = new SessionContacts(Store, Changes);
        Streams = new SessionStreams(Sessions, Contacts, ChangesUnless(Sabotage.ForgetOpenStreams), Clock);
        Budgets = new SessionBudgets(Store, Options, Clock);
        Idempotency = new Idempotency(Store, Clock);
        var models = new ModelRegistry([new SimulatedModel(world, this)], new ModelOptions());
        var changes = ChangesUnless(Sabotage.ForgetTheChange);
        Engine = new EngineServices(
            Store, Logs, Channels, models, new PassageSearch(), Budgets, Clock, OptionsOf(world.Random), new EngineLogger(world),
            new SingleNode($"node-{world.Ledger.NextNumber()}"), changes);
        Holder = new LocalConversationHolder(Engine, changes);
    }

    public StepScheduler Scheduler { get; }

    public ProcessClock Clock { get; }

    public SimulatedStore Store { get; }

    public ChangeFeed Changes { get; } = new();

    public LogDirectory Logs { get; }

    public ChannelLogs Channels { get; }

    public Sessions Sessions { get; }

    public SessionContacts Contacts { get; }

    public SessionStreams Streams { get; }

    public SessionBudgets Budgets { get; }

    public Idempotency Idempotency { get; }

    public EngineServices Engine { get; }

    public LocalConversationHolder Holder { get; }

    /// <summary>Whether the process serves requests.</summary>
    public bool IsServing { get; set; }

    public bool IsOver { get; private set; }

    /// <summary>
    /// Runs work on the scheduler of the server. Its caller continues on that of the world, even after the server has ended.
    /// </summary>
    public Task<T> CallAsync<T>(Func<Task<T>> work)
    {
        var call = new Call<T>();
        if (IsOver)
        {
            call.Break();
            return call.Answer;
        }
        _calls.Add(call);
        Scheduler.Post(() => _ = AnswerAsync(work, call));
        return call.Answer;
    }

    public void Add(Connection connection) => _connections.Add(connection);

    public void Remove(Connection connection) => _connections.Remove(connection);

    /// <summary>Ends the process without any cleanup.</summary>
    public void Crash()
    {
        if (IsOver)
            return;
        _world.Counts.Crashes++;
        _world.Note("crash");
        End();
    }

    /// <summary>Ends the process: no more steps are taken, and waiting callers get an error.</summary>
    public void End()
    {
        IsOver = true;
        IsServing = false;
        Scheduler.Stop();
        Clock.Stop();
        foreach (var call in _calls)
            call.Break();
        foreach (var connection in _connections)
            connection.Break();
        _calls.Clear();
        _connections.Clear();
    }

    /// <summary>Returns the change feed, or one without changes for the sabotage.</summary>
    private ChangeFeed ChangesUnless(Sabotage sabotage) => _world.Sabotage == sabotage ? new ChangeFeed() : Changes;

    private static EngineOptions OptionsOf(Random random) => new()
    {
        RunLimit = TimeSpan.FromMinutes(2),
        MaxWaitingRuns = random.Next(1, 5),
        MaxIdleConversations = random.Next(0, 3),
    };

    private async Task AnswerAsync<T>(Func<Task<T>> work, Call<T> call)
    {
        try
        {
            call.Succeed(await work());
        }
        catch (Exception exception)
        {
            call.Fail(exception);
        }
        _calls.Remove(call);
    }

    private interface IPending
    {
        void Break();
    }

    private sealed class Call<T> : IPending
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Answer => _answer.Task;

        public void Succeed(T result) => _answer.TrySetResult(result);

        public void Fail(Exception exception) => _answer.TrySetException(exception);

        public void Break() => _answer.TrySetException(new ConnectionLostException());
    }

    /// <summary>
    /// Reports exceptions that the engine logs and that no fault of the simulation explains. Without an exception, the entry is
    /// about a failure of the provider.
    /// </summary>
    private sealed class EngineLogger(World world) : ILogger<EngineServices>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            world.Note("logged", exception?.GetType().Name);
            if (exception is DuplicateKeyException && world.HadTwoHolders)
                return;
            if (exception is not (null or StoreUnavailableException or StaleWriteException or MissingParentException or ProviderDefectException))
                world.Violate($"the engine logs {exception}");
        }
    }
}

/// <summary>The server has ended; the request may or may not have been executed.</summary>
internal sealed class ConnectionLostException() : Exception("The connection is lost.");

/// <summary>The exception of a provider with a defect.</summary>
internal sealed class ProviderDefectException() : Exception("The provider has a defect.");
