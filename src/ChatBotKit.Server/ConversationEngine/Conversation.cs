using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// One active conversation: gives every message its place, lets runs take turns, and keeps what they need in memory.
/// </summary>
/// <remarks>
/// It relies on being the only one of its kind for speed, never for safety: a place that somebody else has taken is
/// refused by the database, and then this object reads what is stored before it goes on.
/// </remarks>
internal sealed class Conversation
{
    private readonly EngineServices _services;
    private readonly TurnQueue _turns;
    private readonly ConversationState _state;
    private int _writes;

    /// <param name="snapshot">The conversation as it is stored.</param>
    /// <param name="isWhole">Whether the messages that a run needs are in it; else they are read when the first run starts.</param>
    /// <param name="services">The engine's surroundings.</param>
    public Conversation(ConversationSnapshot snapshot, bool isWhole, EngineServices services)
    {
        _services = services;
        _turns = new TurnQueue(services);
        _state = new ConversationState(snapshot, isWhole, services);
    }

    public string AccountId => _state.Settings.AccountId;

    /// <summary>Whether something is being written or run, so that the object must not be dropped.</summary>
    public bool IsBusy => Volatile.Read(ref _writes) > 0 || !_turns.IsEmpty;

    /// <summary>How much memory it takes, in characters.</summary>
    public long Characters => _state.Characters;

    /// <summary>Somebody changed the settings or a message in the store; both are read again before they are used.</summary>
    public void Invalidate() => _state.Invalidate();

    /// <summary>Stores a message and gives it its place.</summary>
    /// <returns>403 or 409: it answers a function call that its sender may not answer, or that has an answer; null when it is stored.</returns>
    public async Task<ApiError?> AppendAsync(NewMessage message, KeptAnswer? kept)
    {
        // An answer needs to know the calls before it.
        if (_state.IsBroken || message.Answer is not null)
            await _state.RefreshAsync();
        if (_state.Place(message, out var row) is { } refusal)
            return refusal;
        try
        {
            await CommitAsync(new WriteSet { Messages = [row], Idempotency = kept?.ToRow(), SessionUse = message.Use });
        }
        catch
        {
            _state.Drop(row.Position);
            throw;
        }

        _state.Arrive(row.Position);
        return null;
    }

    /// <summary>
    /// Takes a run in. It starts when those before it have ended, writes to its log and goes on when nobody reads.
    /// </summary>
    /// <param name="input">What to do.</param>
    /// <param name="taken">What its message takes of a session's limits; the run gives it back unless the message is stored.</param>
    /// <param name="kept">Stored with the run.</param>
    /// <returns>429: too many are waiting already.</returns>
    /// <exception cref="ModelReferenceException">The model that the conversation names is not served.</exception>
    public async Task<Outcome<RunHandle>> StartAsync(RunInput input, SessionTake? taken, KeptAnswer? kept)
    {
        await _state.RefreshAsync();
        var persona = await PersonaAsync();
        var run = input.ToRun(_state.Id, _services.Nodes.Id, _services.Now());
        var model = _services.Models.Resolve(persona.Model);
        if (_turns.Enter(run.Id) is not { } abort)
            return Refusals.TooManyRuns;
        var log = await AcceptAsync(run, input, kept);
        var (before, ended) = _turns.LineUp();
        var isToBeFound = !before.IsCompleted || kept is not null;
        if (input.ChannelLogId is null)
            StoreWithLog(run, input, kept, log, isToBeFound);
        // The run goes on when the caller hears of a failure below, so what is taken is up to it from here on.
        _ = TakeTurnAsync(before, new Turn(run, input, model, abort, taken?.Pass()), log, ended);
        // A repeated request, or one that comes back to a run that waits for its turn, must find it from now on.
        if (isToBeFound)
            await log.FlushAsync();
        return new RunHandle(run.Id, run.LogId, _services.Nodes.Id);
    }

    /// <summary>Ends a run that is going on or waiting; false when there is none of that id.</summary>
    public bool Abort(string runId, string reason) => _turns.Abort(runId, reason);

    /// <summary>Ends everything that is going on.</summary>
    public void AbortAll(string reason) => _turns.AbortAll(reason);

    /// <summary>Completes when the runs that were taken in have ended.</summary>
    public Task WhenIdleAsync() => _turns.WhenIdleAsync();

    /// <summary>Completes when the state in memory is as new as the store's was when this was called.</summary>
    public Task RefreshAsync() => _state.RefreshAsync();

    /// <summary>
    /// Writes a checkpoint message that sums up what was said. It takes a turn like a run, so that nothing is said between
    /// what it sums up and its own place.
    /// </summary>
    /// <returns>429: too many runs are waiting already.</returns>
    public async Task<Outcome<CompactResult>> CompactAsync(string messageId, KeptAnswer? kept)
    {
        if (_turns.Enter(messageId) is not { } abort)
            return Refusals.TooManyRuns;
        var (before, ended) = _turns.LineUp();
        try
        {
            await before;
            await _state.RefreshAsync();
            var model = _services.Models.Resolve((await PersonaAsync()).Model);
            var result = await Compaction.SummarizeAsync(model, _state.Transcript(), _services.Options.MaxAnswerCharacters, abort.Token);
            if (result.Text.Length == 0)
                return result;
            await AppendAsync(new NewMessage(TranscriptMessage.Checkpoint, result.Text) { Id = messageId }, kept);
            return result with { MessageId = messageId };
        }
        finally
        {
            _turns.Leave(messageId);
            ended.SetResult();
        }
    }

    /// <summary>Who answers now; a change of the bot is seen by every run that begins after it.</summary>
    private ValueTask<Persona> PersonaAsync() => _services.Bots.PersonaOfAsync(_state.Settings);

    private async Task CommitAsync(WriteSet writes)
    {
        Interlocked.Increment(ref _writes);
        try
        {
            await _services.Store.CommitAsync(writes);
        }
        catch
        {
            _state.Break();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _writes);
        }
    }

    /// <summary>
    /// Opens the run's log. A dispatch is stored at once, since its caller is told so; any other run is stored with the
    /// first thing that its caller sees.
    /// </summary>
    private async Task<AppendLog> AcceptAsync(RunRow run, RunInput input, KeptAnswer? kept)
    {
        try
        {
            if (input.ChannelLogId is null)
                return _services.Logs.Create(run.LogId);
            input.AskLater(run);
            return await _services.Logs.OpenAsync(
                run.LogId, () => CommitAsync(new WriteSet { StartedRun = run, Idempotency = kept?.ToRow() }));
        }
        catch
        {
            _turns.Leave(run.Id);
            throw;
        }
    }

    private static void StoreWithLog(RunRow run, RunInput input, KeptAnswer? kept, AppendLog log, bool isToBeFound)
    {
        if (isToBeFound)
            input.AskLater(run);
        log.Attach(rows =>
        {
            rows.StartedRun = run;
            rows.Add(kept?.ToRow());
        });
    }

    private async Task TakeTurnAsync(Task before, Turn turn, AppendLog log, TaskCompletionSource ended)
    {
        await before;
        await TurnExecution.RunAsync(turn, log, _state, _services);
        _turns.Leave(turn.Run.Id);
        ended.SetResult();
    }
}
