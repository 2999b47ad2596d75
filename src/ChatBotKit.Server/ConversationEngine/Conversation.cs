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
internal sealed class Conversation : IRunRecorder
{
    /// <summary>On the scheduler that the engine was called on, which in a simulation decides about the order of all steps.</summary>
    private const ConfigureAwaitOptions WithoutThrowing =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private readonly EngineServices _services;
    private readonly Lock _gate = new();
    private readonly TurnQueue _turns;
    private readonly ConversationMemory _memory;
    private ConversationRow _settings;
    private Task _loading = Task.CompletedTask;
    private int _busy;
    private bool _stale;
    private bool _isBroken;

    /// <param name="snapshot">The conversation as it is stored.</param>
    /// <param name="isWhole">Whether the messages that a run needs are in it; else they are read when the first run starts.</param>
    /// <param name="services">The engine's surroundings.</param>
    public Conversation(ConversationSnapshot snapshot, bool isWhole, EngineServices services)
    {
        _services = services;
        _turns = new TurnQueue(services);
        _settings = snapshot.Conversation;
        _memory = new ConversationMemory(Id, services.Options.MaxMessages);
        _memory.Take(snapshot);
        _stale = !isWhole;
    }

    public string Id => _settings.Id;

    public string AccountId => _settings.AccountId;

    /// <summary>Whether something is being written or run, so that the object must not be dropped.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>How much memory it takes, in characters.</summary>
    public long Characters => _memory.Characters + (_settings.Backstory?.Length ?? 0) + (_settings.Meta?.Length ?? 0);

    /// <summary>Whether what reaches the store now may be missing in what is being read from it.</summary>
    private bool IsBeingRead => !_loading.IsCompleted;

    /// <summary>Somebody changed the settings or a message in the store; both are read again before they are used.</summary>
    public void Invalidate()
    {
        lock (_gate)
            _stale = true;
    }

    /// <summary>Stores a message and gives it its place.</summary>
    /// <exception cref="ApiException">403 or 409: it answers a function call that its sender may not answer, or that has an answer.</exception>
    public async Task<MessageRow> AppendAsync(NewMessage message, IdempotencyRow? idempotency)
    {
        // An answer needs to know the calls before it.
        if (Volatile.Read(ref _isBroken) || message.Answer is not null)
            await RefreshAsync();
        var row = Place(message, isOfTurn: false);
        try
        {
            await CommitAsync(new WriteSet { Messages = [row], Idempotency = idempotency, SessionUse = message.Use });
        }
        catch
        {
            lock (_gate)
                _memory.Drop(row.Position);
            Break();
            throw;
        }
        lock (_gate)
            _memory.Arrive(row.Position, IsBeingRead);
        return row;
    }

    /// <summary>
    /// Takes a run in. It starts when those before it have ended, writes to its log and goes on when nobody reads.
    /// </summary>
    /// <param name="input">What to do.</param>
    /// <param name="taken">What its message takes of a session's limits; the run gives it back unless the message is stored.</param>
    /// <param name="idempotency">Stored with the run.</param>
    /// <exception cref="TooManyRunsException">Too many are waiting already.</exception>
    /// <exception cref="ModelReferenceException">The model that the conversation names is not served.</exception>
    public async Task<RunHandle> StartAsync(RunInput input, SessionTake? taken, IdempotencyRow? idempotency)
    {
        await RefreshAsync();
        var persona = await PersonaAsync();
        var run = input.ToRun(Id, _services.Nodes.Id, _services.Now());
        var model = _services.Models.Resolve(persona.Model);
        var abort = Enter(run.Id);
        AppendLog log;
        try
        {
            log = await AcceptAsync(run, input, idempotency);
        }
        catch
        {
            Leave(run.Id);
            throw;
        }
        var (before, ended) = _turns.LineUp();
        var waits = !before.IsCompleted;
        if (input.ChannelLogId is null)
        {
            if (waits || idempotency is not null)
                input.AskLater(run);
            log.Attach(rows =>
            {
                rows.StartedRun = run;
                rows.Add(idempotency);
            });
        }
        // The run goes on when the caller hears of a failure below, so what is taken is up to it from here on.
        _ = TakeTurnAsync(before, new Turn(run, input, model, abort, taken?.Pass()), log, ended);
        // Whoever repeats the request, or comes back to a run that waits for its turn, must find it from now on.
        if (waits || idempotency is not null)
            await log.FlushAsync();
        return new RunHandle(run.Id, run.LogId);
    }

    /// <summary>Ends a run that is going on or waiting; false when there is none of that id.</summary>
    public bool Abort(string runId, string reason) => _turns.Abort(runId, reason);

    /// <summary>Ends everything that is going on.</summary>
    public void AbortAll(string reason) => _turns.AbortAll(reason);

    /// <summary>Completes when the runs that were taken in have ended.</summary>
    public Task WhenIdleAsync() => _turns.WhenIdleAsync();

    /// <summary>
    /// Writes a checkpoint message that sums up what was said. It takes a turn like a run, so that nothing is said between
    /// what it sums up and its own place.
    /// </summary>
    /// <exception cref="TooManyRunsException">Too many runs are waiting already.</exception>
    public async Task<CompactResult> CompactAsync(string messageId, IdempotencyRow? idempotency)
    {
        var abort = Enter(messageId);
        var (before, ended) = _turns.LineUp();
        try
        {
            await before;
            await RefreshAsync();
            var persona = await PersonaAsync();
            List<TranscriptMessage> transcript;
            lock (_gate)
                transcript = _memory.Transcript();
            var result = await Compaction.SummarizeAsync(_services.Models.Resolve(persona.Model), transcript, _services.Options.MaxAnswerCharacters, abort.Token);
            if (result.Text.Length == 0)
                return result;
            await AppendAsync(new NewMessage(TranscriptMessage.Checkpoint, result.Text) { Id = messageId }, idempotency);
            return result with { MessageId = messageId };
        }
        finally
        {
            Leave(messageId);
            ended.SetResult();
        }
    }

    /// <summary>Begins a run with the message that it answers.</summary>
    public void Ask(NewMessage message, RunEvents events) => events.Asked(Place(message, isOfTurn: true), message.Use);

    /// <inheritdoc/>
    MessageRow IRunRecorder.NewMessage(string type, string text, string? meta, string? answerFrom) =>
        Place(new NewMessage(type, text) { Meta = meta, AnswerFrom = answerFrom }, isOfTurn: true);

    // Checked where the place is given: of two answers the second finds the first, and a writer elsewhere is refused for its place.
    private MessageRow Place(NewMessage message, bool isOfTurn)
    {
        lock (_gate)
        {
            message.Answer?.Check(_memory.Transcript());
            return _memory.Place(message, isOfTurn, _services.Now());
        }
    }

    /// <summary>Who answers now; a change of the bot is seen by every run that begins after it.</summary>
    private ValueTask<Persona> PersonaAsync() => _services.Bots.PersonaOfAsync(_settings);

    private async Task CommitAsync(WriteSet writes)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            await _services.Store.CommitAsync(writes);
        }
        catch
        {
            Break();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    /// <summary>
    /// What is in memory may not be what is stored, so whoever comes next reads anew. This object stays: with another one
    /// beside it, runs that wait here would not wait for those that start there.
    /// </summary>
    private void Break()
    {
        lock (_gate)
            _stale = _isBroken = true;
    }

    /// <summary>
    /// Opens the run's log. A dispatch is stored at once, since its caller is told so; any other run is stored with the
    /// first thing that its caller sees.
    /// </summary>
    private async Task<AppendLog> AcceptAsync(RunRow run, RunInput input, IdempotencyRow? idempotency)
    {
        if (input.ChannelLogId is null)
            return _services.Logs.Create(run.LogId);
        input.AskLater(run);
        return await _services.Logs.OpenAsync(
            run.LogId, () => CommitAsync(new WriteSet { StartedRun = run, Idempotency = idempotency }));
    }

    private async Task TakeTurnAsync(Task before, Turn turn, AppendLog log, TaskCompletionSource ended)
    {
        var run = turn.Run;
        await before;
        var events = new RunEvents(log, this);
        // A model that is silent would keep a run alive, and those behind it waiting, that can say nothing any more.
        log.Faulted += turn.StopForStorage;
        try
        {
            await RefreshAsync();
            await ExecuteAsync(turn, events);
        }
        catch (Exception exception)
        {
            Break();
            if (exception is not MissingParentException)
                _services.Logger.LogError(exception, "Run {RunId} of conversation {ConversationId} failed", run.Id, Id);
            events.Emit("error", RunFault.Write, rows => rows.EndedRun = new RunOutcome(run.Id, EndReasons.Error, _services.Now()));
        }
        finally
        {
            if (turn.Input.ChannelLogId is null)
                log.Complete();
            // From now on readers find the log in the store. What could not be stored was reported already.
            var flush = log.FlushAsync();
            await flush.ConfigureAwait(WithoutThrowing);
            log.Faulted -= turn.StopForStorage;
            var isStored = turn.Input.ChannelLogId is not null || log.Published > 0;
            turn.End(isStored, isCut: log.IsFaulted);
            lock (_gate)
                _memory.EndTurn(flush.IsCompletedSuccessfully, IsBeingRead);
            _services.Logs.Release(run.LogId);
            if (log.IsFaulted)
            {
                _services.CutRuns.Add(run, isStored);
                // Whoever read anew since it failed did so without its end.
                Break();
            }
            Leave(run.Id);
            ended.SetResult();
        }
    }

    private async Task ExecuteAsync(Turn turn, RunEvents events)
    {
        var (run, input) = (turn.Run, turn.Input);
        // Asked again: those before may have used up what was there when the request came.
        if (_services.Budgets.Find(input.SessionId)?.WithoutTokens() is { } usedUp)
        {
            events.Emit(
                "error", json => RunFault.Write(json, ApiError.From(usedUp)),
                rows => rows.EndedRun = new RunOutcome(run.Id, EndReasons.Error, _services.Now()));
            return;
        }
        if (input.Text is { } text)
        {
            Ask(new NewMessage(TranscriptMessage.User, text) { Id = input.MessageId, Entities = input.Entities, SessionId = input.SessionId }, events);
        }
        else if (input.SessionId is { } sessionId)
        {
            events.Log.Attach(rows => rows.Add(new SessionUse(sessionId, Messages: 1)));
        }

        turn.IsMessageSent = true;
        List<TranscriptMessage> transcript;
        lock (_gate)
            transcript = _memory.Transcript();
        var persona = await PersonaAsync();
        input = await ContactPlaceholders.FillAsync(
            input, input.ContactId ?? _settings.ContactId, persona, transcript, _services.Store);
        input = await AttachedFiles.ReadAsync(_services.Attachments, input, Id, transcript, turn.Model.Model.InteractionMaxMessages);
        await RunExecution.RunAsync(_services, input, persona, turn.Model, transcript, events, run, turn.Abort);
    }

    /// <summary>Completes when the state in memory is as new as the store's was when this was called.</summary>
    public Task RefreshAsync()
    {
        lock (_gate)
        {
            if (!_stale)
                return _loading;
            _stale = false;
            return _loading = LoadAsync(_loading);
        }
    }

    private async Task LoadAsync(Task before)
    {
        await before.ConfigureAwait(WithoutThrowing);
        var isLoaded = false;
        try
        {
            var snapshot = await _services.Store.LoadConversationAsync(Id, _services.Options.MaxMessages, CancellationToken.None)
                ?? throw new MissingParentException($"Conversation {Id} is gone.");
            Take(snapshot);
            // By this object, which alone knows the places of what is on its way.
            await RunRecovery.EndCutRunsOfAsync(Id, this, _services);
            isLoaded = true;
        }
        finally
        {
            if (!isLoaded)
                Break();
        }
    }

    private void Take(ConversationSnapshot snapshot)
    {
        lock (_gate)
        {
            _memory.Take(snapshot);
            _isBroken &= _stale;
            _settings = snapshot.Conversation;
        }
    }

    private RunAbort Enter(string runId)
    {
        var abort = _turns.Enter(runId);
        Interlocked.Increment(ref _busy);
        return abort;
    }

    private void Leave(string runId)
    {
        _turns.Leave(runId);
        Interlocked.Decrement(ref _busy);
    }
}
