using System.Collections.Concurrent;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Executes runs over messages that the caller sends and keeps.</summary>
internal sealed class StatelessRuns(EngineServices services) : IAsyncDisposable
{
    /// <summary>How long the shutdown waits until aborted runs have stored their last events.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Dispatched> _dispatched = new(StringComparer.Ordinal);

    private int _places;

    /// <summary>The number of active dispatched runs.</summary>
    public int Count => _dispatched.Count;

    /// <summary>
    /// Starts a run whose log is only in memory. Each of the tokens aborts the run; the reader reads to the end of the log.
    /// </summary>
    /// <param name="request">The checked request.</param>
    /// <param name="heartbeat">The interval of the heartbeat of the reader; null for none.</param>
    /// <param name="left">The token that is canceled when the caller leaves.</param>
    /// <param name="stopping">The token that is canceled when the server stops.</param>
    public LogReader Start(StatelessRequest request, TimeSpan? heartbeat, CancellationToken left, CancellationToken stopping = default)
    {
        var log = new AppendLog("memory", store: null, last: 0, services.Clock);
        var reader = log.CreateReader(after: 0, services.Clock, heartbeat);
        // Started on this thread, so that the model is called before the response headers are sent, not after.
        _ = ExecuteAsync(log, request, left, stopping);
        return reader;
    }

    /// <summary>Starts a run that writes to a channel and does not depend on its caller's connection.</summary>
    /// <exception cref="TooManyRunsException">Too many dispatched runs are active.</exception>
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

    /// <summary>Aborts the dispatched runs and waits until their last events are stored.</summary>
    public Task ShutDownAsync()
    {
        var going = _dispatched.Values.ToList();
        foreach (var run in going)
            run.Abort.Request(RunAbort.Shutdown);
        return Task.WhenAll(going.Select(run => run.Ended.Task));
    }

    /// <summary>Waits for the runs, because the container closes the store next.</summary>
    public async ValueTask DisposeAsync() =>
        await ShutDownAsync().WaitAsync(LastWords, services.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Counted before the run is stored, so that concurrent requests see it.
    private void TakePlace()
    {
        if (Interlocked.Increment(ref _places) <= services.Options.MaxDispatchedRuns)
            return;
        LeavePlace();
        throw new TooManyRunsException("Too many dispatched runs are active.");
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

    private async Task ExecuteAsync(AppendLog log, StatelessRequest request, CancellationToken left, CancellationToken stopping)
    {
        using var abort = new RunAbort(services.Clock, services.Options.RunLimit);
        await using var leaving = AbortOn(abort, left);
        await using var ending = AbortOn(abort, stopping);
        await ExecuteAsync(log, request, run: null, abort);
        log.Complete();
    }

    private static CancellationTokenRegistration AbortOn(RunAbort abort, CancellationToken token) =>
        token.UnsafeRegister(static state => ((RunAbort)state!).Request(RunAbort.Requested), abort);

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
            var privacy = RunPrivacy.For(services, request.Persona, request.Input);
            if (privacy is not null)
            {
                privacy.Read(transcript);
                await privacy.FindNamesAsync(TextsOfUser(transcript), abort.Token);
            }

            var entities = privacy?.Mark(sent);
            events.Emit("sendResult", json => SendResult.Write(json, messageId: null, sent, entities));
            if (request.Persona.Moderation == true && sent.Length > 0 && services.Moderator is { } moderator
                && await moderator.CheckAsync(sent, privacy, events, abort.Token) is { } abuse)
            {
                transcript.Add(new TranscriptMessage(TranscriptMessage.Context, abuse.Words, null));
            }

            await RunExecution.RunAsync(
                services, request.Input, request.Persona, request.Model, transcript, events, run, abort, privacy);
        }
        catch (Exception exception)
        {
            services.Logger.LogError(exception, "A stateless run failed");
            events.Emit("error", RunFault.Write, rows =>
            {
                if (run is not null)
                    rows.Add(new RunOutcome(run.Id, EndReasons.Error, services.Now()));
            });
        }
    }

    /// <summary>Returns the messages of the user, newest first.</summary>
    private static IEnumerable<string> TextsOfUser(List<TranscriptMessage> transcript) =>
        transcript.Where(message => message.Type == TranscriptMessage.User).Select(message => message.Text).Reverse();

    private sealed record Dispatched(RunAbort Abort)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void StopForStorage() => Abort.Request(RunAbort.Storage);
    }
}

/// <summary>A checked stateless request.</summary>
/// <param name="Input">The input of the run.</param>
/// <param name="Persona">The persona that answers.</param>
/// <param name="Model">The model.</param>
/// <param name="Transcript">The messages of the request; the run appends its own.</param>
/// <param name="Attachments">The function calls and results that stand for attached files.</param>
internal sealed record StatelessRequest(
    RunInput Input, Persona Persona, ResolvedModel Model, List<TranscriptMessage> Transcript,
    IReadOnlyList<ToolActivity> Attachments);
