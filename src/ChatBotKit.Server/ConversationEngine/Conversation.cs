using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>One active conversation. It assigns positions to messages, lets runs take turns, and keeps what they need in memory.</summary>
/// <remarks>
/// That there is only one such object per conversation makes it fast, but its correctness does not depend on it: the database
/// refuses a position that another writer has taken, and then this object reads the stored state before it goes on.
/// </remarks>
internal sealed class Conversation
{
    private readonly EngineServices _services;
    private readonly TurnQueue _turns;
    private readonly ConversationState _state;
    private int _writes;

    /// <param name="snapshot">The stored conversation.</param>
    /// <param name="isWhole">
    /// Whether the snapshot has the messages that a run needs. If not, they are loaded when the first run starts.
    /// </param>
    /// <param name="services">The dependencies of the engine.</param>
    public Conversation(ConversationSnapshot snapshot, bool isWhole, EngineServices services)
    {
        _services = services;
        _turns = new TurnQueue(services);
        _state = new ConversationState(snapshot, isWhole, services);
    }

    public string AccountId => _state.Settings.AccountId;

    /// <summary>Whether a write or run is in progress, so that the object must not be dropped.</summary>
    public bool IsBusy => Volatile.Read(ref _writes) > 0 || !_turns.IsEmpty;

    /// <summary>The memory that the conversation takes, in characters.</summary>
    public long Characters => _state.Characters;

    /// <summary>Marks settings and messages as changed in the store, so that they are loaded again before their next use.</summary>
    public void Invalidate() => _state.Invalidate();

    /// <summary>Assigns a position to a message and stores it.</summary>
    /// <returns>
    /// 403 or 409 when the message answers a function call that its sender may not answer or that already has an answer; null when
    /// it is stored.
    /// </returns>
    public Task<ApiError?> AppendAsync(NewMessage message, KeptAnswer? kept) => AppendAsync(message, kept, abuse: null);

    /// <summary>Stores a message of the user that no run answers, with its personal data marked and its text moderated.</summary>
    /// <returns>The message as it is stored.</returns>
    /// <exception cref="ModerationUnavailableException">The conversation is moderated, and the server can't do that.</exception>
    public async Task<Outcome<SentMessage>> SendAsync(NewMessage message, KeptAnswer? kept)
    {
        await _state.RefreshAsync();
        var persona = await PersonaAsync();
        Moderator.Require(_services.Moderator, persona);
        var privacy = RunPrivacy.For(_services, persona);
        if (privacy is not null)
        {
            privacy.Learn(_state.Transcript());
            await privacy.FindNamesAsync([message.Text], CancellationToken.None);
            message = message with { Entities = privacy.Mark(message.Text, message.Entities) };
        }

        // The caller waits for the verdict anyway, so the message is stored with it.
        var abuse = persona.Moderation == true ? await _services.Moderator!.AskAsync(message.Text, privacy, CancellationToken.None) : null;
        return await AppendAsync(message, kept, abuse) is { } refusal ? refusal : new SentMessage(message.Entities);
    }

    /// <summary>
    /// Accepts a run. It starts when the runs before it have ended, writes to its log, and goes on even if nobody reads it.
    /// </summary>
    /// <param name="input">The input of the run.</param>
    /// <param name="taken">
    /// The reservation of its message in the session's limits. The run releases it if the message is not stored.
    /// </param>
    /// <param name="kept">The idempotency record, which is stored with the run.</param>
    /// <returns>The handle of the run; 429 when too many runs are waiting, or when a policy blocks the bot.</returns>
    /// <exception cref="ModelReferenceException">The model of the conversation is not served.</exception>
    /// <exception cref="ModerationUnavailableException">The conversation is moderated, and the server can't do that.</exception>
    public async Task<Outcome<RunHandle>> StartAsync(RunInput input, SessionTake? taken, KeptAnswer? kept)
    {
        await _state.RefreshAsync();
        var persona = await PersonaAsync();
        if (await _services.FindRefusalAsync(AccountId, _state.Settings.BotId, persona) is { } blocked)
            return blocked;
        var run = input.ToRun(_state.Id, _services.Nodes.Id, _services.Now());
        var model = _services.Models.Resolve(persona.Model);
        if (_turns.Enter(run.Id, input.Limit) is not { } abort)
            return Refusals.TooManyRuns;
        var log = await AcceptAsync(run, input, kept);
        var (before, ended) = _turns.LineUp();
        var isToBeFound = !before.IsCompleted || kept is not null;
        if (input.ChannelLogId is null)
            StoreWithLog(run, input, kept, log, isToBeFound);
        // The run goes on even if the caller gets a failure below, so from here on it owns the reservation.
        _ = TakeTurnAsync(before, new Turn(run, input, model, abort, taken?.Pass()), log, ended);
        // The run must be stored before this call returns if a repeated request, or a client that resumes a waiting run, may look
        // for it.
        if (isToBeFound)
            await log.FlushAsync();
        return new RunHandle(run.Id, run.LogId, _services.Nodes.Id);
    }

    /// <summary>Aborts an active or waiting run; returns false when there is none with that id.</summary>
    public bool Abort(string runId, string reason) => _turns.Abort(runId, reason);

    /// <summary>Aborts all active and waiting runs.</summary>
    public void AbortAll(string reason) => _turns.AbortAll(reason);

    /// <summary>Completes when all accepted runs have ended.</summary>
    public Task WhenIdleAsync() => _turns.WhenIdleAsync();

    /// <summary>Completes when the state in memory is at least as new as that of the store at the time of the call.</summary>
    public Task RefreshAsync() => _state.RefreshAsync();

    /// <summary>
    /// Writes a checkpoint message that summarizes the conversation. It takes a turn like a run, so that no message comes between
    /// those it summarizes and the checkpoint.
    /// </summary>
    /// <returns>429 when too many runs are waiting, or when a policy blocks the bot.</returns>
    public async Task<Outcome<CompactResult>> CompactAsync(string messageId, KeptAnswer? kept)
    {
        if (_turns.Enter(messageId) is not { } abort)
            return Refusals.TooManyRuns;
        var (before, ended) = _turns.LineUp();
        try
        {
            await before;
            await _state.RefreshAsync();
            if (_services.Gate is { } gate && await gate.FindRefusalAsync(AccountId, _state.Settings.BotId) is { } blocked)
                return blocked;
            var persona = await PersonaAsync();
            var model = _services.Models.Resolve(persona.Model);
            var result = await Compaction.SummarizeAsync(
                model, _state.Transcript(), RunPrivacy.For(_services, persona), _services.Options.MaxAnswerCharacters, abort.Token);
            _services.Usages?.Add(UsageRow.OfTokens(
                AccountId, model.Model.Name, result.InputTokens, result.OutputTokens, _services.Now(), _state.Settings));
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

    /// <summary>Returns the current persona. A change of the bot affects every run that begins after it.</summary>
    private ValueTask<Persona> PersonaAsync() => _services.Bots.PersonaOfAsync(_state.Settings);

    /// <summary>Stores a message with the verdict of its moderation; null for none.</summary>
    private async Task<ApiError?> AppendAsync(NewMessage message, KeptAnswer? kept, Abuse? abuse)
    {
        // An answer is checked against the calls before it, which must be loaded.
        if (_state.IsBroken || message.Answer is not null)
            await _state.RefreshAsync();
        if (_state.Place(message, out var row) is { } refusal)
            return refusal;
        List<MessageRow> rows = [row];
        if (abuse is not null && _state.Place(abuse.ToMessage(), out var verdict) is null)
            rows.Add(verdict);
        try
        {
            await CommitAsync(new WriteSet
            {
                Messages = rows,
                Metas = abuse is null ? [] : [abuse.ToMark(_state.Settings)],
                Events = [.. EventsOf(rows, abuse)],
                Idempotency = kept?.ToRow(),
                SessionUse = message.Use,
            });
        }
        catch
        {
            rows.ForEach(placed => _state.Drop(placed.Position));
            throw;
        }

        rows.ForEach(placed => _state.Arrive(placed.Position));
        return null;
    }

    private IEnumerable<EventEntry> EventsOf(List<MessageRow> rows, Abuse? abuse)
    {
        foreach (var _ in rows)
            yield return _state.Settings.Event(EventTypes.MessageCreate, _services.Now());
        if (abuse is not null)
            yield return _state.Settings.Event(EventTypes.ConversationUpdate, _services.Now());
    }

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
    /// Opens the run's log. A dispatched run is stored at once, because its caller gets an acknowledgement. Any other run is stored
    /// with the first event that its caller sees.
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
