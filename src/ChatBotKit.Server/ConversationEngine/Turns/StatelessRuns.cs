using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Runs over messages that the caller brings along and keeps.</summary>
internal sealed class StatelessRuns(EngineServices services) : IAsyncDisposable
{
    /// <summary>How long the store is kept open for runs that are being ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Dispatched> _dispatched = new(StringComparer.Ordinal);

    private int _places;

    /// <summary>How many dispatched runs go on.</summary>
    public int Count => _dispatched.Count;

    /// <summary>
    /// Starts a run whose log lives in memory. Cancelling the request ends it; the reader reads to the end.
    /// </summary>
    public LogReader Start(StatelessRequest request, TimeSpan? heartbeat, CancellationToken left)
    {
        var log = new AppendLog("memory", store: null, last: 0, services.Clock);
        var reader = log.CreateReader(after: 0, services.Clock, heartbeat);
        // Not in a thread of its own: the model is asked before the answer's headers are on their way, not after.
        _ = ExecuteAsync(log, request, left);
        return reader;
    }

    /// <summary>Starts a run that writes to a channel and goes on without its caller.</summary>
    /// <exception cref="TooManyRunsException">Too many go on already.</exception>
    public async Task DispatchAsync(StatelessRequest request, IdempotencyRow? idempotency)
    {
        var run = request.Input.ToRun(conversationId: null, services.Nodes.Id, services.Now());
        TakePlace();
        AppendLog log;
        try
        {
            log = await services.Logs.OpenAsync(
                run.LogId, () => services.Store.CommitAsync(new WriteSet { StartedRun = run, Idempotency = idempotency }));
        }
        catch
        {
            LeavePlace();
            throw;
        }
        var dispatched = new Dispatched(new RunAbort(services.Clock, services.Options.RunLimit));
        _dispatched.TryAdd(run.Id, dispatched);
        _ = Task.Run(() => ExecuteAsync(log, request, run, dispatched), CancellationToken.None);
    }

    /// <summary>Ends what was dispatched and waits until its last words are stored.</summary>
    public Task ShutDownAsync()
    {
        var going = _dispatched.Values.ToList();
        foreach (var run in going)
            run.Abort.Request(RunAbort.Shutdown);
        return Task.WhenAll(going.Select(run => run.Ended.Task));
    }

    /// <summary>Waits for the runs, since the container closes the store next.</summary>
    public async ValueTask DisposeAsync() =>
        await ShutDownAsync().WaitAsync(LastWords, services.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Before the run is stored: those that come meanwhile must count it.
    private void TakePlace()
    {
        if (Interlocked.Increment(ref _places) <= services.Options.MaxDispatchedRuns)
            return;
        LeavePlace();
        throw new TooManyRunsException("Too many dispatched runs are going on.");
    }

    private void LeavePlace() => Interlocked.Decrement(ref _places);

    private async Task ExecuteAsync(AppendLog log, StatelessRequest request, RunRow run, Dispatched dispatched)
    {
        using var abort = dispatched.Abort;
        log.Faulted += dispatched.StopForStorage;
        await ExecuteAsync(log, request, run, abort);
        log.Faulted -= dispatched.StopForStorage;
        await log.FlushAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        services.Logs.Release(run.LogId);
        if (log.IsFaulted)
            services.CutRuns.Add(run, isStored: true);
        _dispatched.TryRemove(run.Id, out _);
        LeavePlace();
        dispatched.Ended.SetResult();
    }

    private async Task ExecuteAsync(AppendLog log, StatelessRequest request, CancellationToken left)
    {
        using var abort = new RunAbort(services.Clock, services.Options.RunLimit);
        await using var leaving = left.UnsafeRegister(static state => ((RunAbort)state!).Request(RunAbort.Requested), abort);
        await ExecuteAsync(log, request, run: null, abort);
        log.Complete();
    }

    private async Task ExecuteAsync(AppendLog log, StatelessRequest request, RunRow? run, RunAbort abort)
    {
        var transcript = request.Transcript;
        var events = new RunEvents(log, recorder: null);
        try
        {
            foreach (var attachment in request.Attachments)
            {
                events.Message(TranscriptMessage.ActivityType, "", attachment.ToMeta());
                transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", attachment));
            }
            var sent = transcript.FindLast(message => message.Type == TranscriptMessage.User)?.Text ?? "";
            events.Emit("sendResult", json => SendResult.Write(json, messageId: null, sent, entities: null));
            await RunExecution.RunAsync(
                services, request.Input, request.Persona, request.Model, transcript, events, run, abort);
        }
        catch (Exception exception)
        {
            services.Logger.LogError(exception, "A stateless run failed");
            events.Emit("error", RunFault.Write, rows =>
                rows.EndedRun = run is null ? null : new RunOutcome(run.Id, EndReasons.Error, services.Now()));
        }
    }

    private sealed record Dispatched(RunAbort Abort)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void StopForStorage() => Abort.Request(RunAbort.Storage);
    }
}

/// <summary>A stateless request, checked.</summary>
/// <param name="Input">What to do.</param>
/// <param name="Persona">Who answers.</param>
/// <param name="Model">With which model.</param>
/// <param name="Transcript">The messages that the caller brought; the run adds its own.</param>
/// <param name="Attachments">Requests and answers that tell the model of attached files.</param>
internal sealed record StatelessRequest(
    RunInput Input, Persona Persona, ResolvedModel Model, List<TranscriptMessage> Transcript,
    IReadOnlyList<ToolActivity> Attachments);
