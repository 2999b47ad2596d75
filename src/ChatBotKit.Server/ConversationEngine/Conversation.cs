using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Log;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// One active conversation: gives every message its place, lets runs take turns, and keeps what they need in memory.
/// </summary>
/// <remarks>
/// It relies on being the only one of its kind for speed, never for safety: a place that somebody else has taken is
/// refused by the database, and whoever holds this object then drops it and loads it anew.
/// </remarks>
internal sealed class Conversation : IRunRecorder
{
    private readonly EngineServices _services;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunAbort> _runs = [];
    private ConversationEntity _settings;
    private List<PlacedMessage> _transcript = [];
    private bool _loaded;
    private Task _lastTurn = Task.CompletedTask;
    private long _lastPosition;
    private long _lastCreatedAt;
    private int _busy;
    private bool _stale;

    public Conversation(ConversationSnapshot snapshot, EngineServices services)
    {
        _services = services;
        _settings = snapshot.Conversation;
        _lastPosition = snapshot.LastPosition;
        _lastCreatedAt = snapshot.LastCreatedAt;
    }

    public string Id => _settings.Id;

    public string AccountId => _settings.AccountId;

    /// <summary>Whether something is being written or run, so that the object must not be dropped.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>A commit was refused: the state in memory is not to be trusted any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Somebody changed the settings or a message in the store; both are read again before they are used.</summary>
    public void Invalidate()
    {
        lock (_gate)
            _stale = true;
    }

    /// <summary>Stores a message and gives it its place.</summary>
    public async Task<MessageEntity> AppendAsync(NewMessage message, IdempotencyEntity? idempotency)
    {
        var row = Place(message);
        await CommitAsync(new WriteSet { Messages = [row], Idempotency = idempotency });
        return row;
    }

    /// <summary>
    /// Takes a run in. It starts when those before it have ended, writes to its log and goes on when nobody reads.
    /// </summary>
    /// <exception cref="TooManyRunsException">Too many are waiting already.</exception>
    /// <exception cref="ModelReferenceException">The model that the conversation names is not served.</exception>
    public async Task<RunHandle> StartAsync(RunInput input, IdempotencyEntity? idempotency)
    {
        await RefreshAsync();
        var run = NewRun(input);
        var model = _services.Models.Resolve(_settings.Model);
        var abort = new RunAbort(_services.Clock, _services.Options.RunLimit);
        lock (_gate)
        {
            if (_runs.Count > _services.Options.MaxWaitingRuns)
            {
                abort.Dispose();
                throw new TooManyRunsException();
            }
            _runs.Add(run.Id, abort);
            _busy++;
        }

        EventLog log;
        try
        {
            log = await AcceptAsync(run, input, idempotency);
        }
        catch
        {
            Leave(run.Id);
            throw;
        }
        lock (_gate)
            _lastTurn = TakeTurnAsync(_lastTurn, run, input, model, log, abort);
        // A request that may be repeated must find its run from now on, even while the run waits for its turn.
        if (idempotency is not null)
            await log.FlushAsync();
        return new RunHandle(run.Id, run.LogId);
    }

    /// <summary>Ends a run that is going on or waiting; false when there is none of that id.</summary>
    public bool Abort(string runId, string reason)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(runId, out var abort))
                return false;
            abort.Request(reason);
            return true;
        }
    }

    /// <summary>Ends everything that is going on.</summary>
    public void AbortAll(string reason)
    {
        lock (_gate)
        {
            foreach (var abort in _runs.Values)
                abort.Request(reason);
        }
    }

    /// <summary>Completes when the runs that were taken in have ended.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
            return _lastTurn;
    }

    /// <summary>The messages that a model would see, with the model that the settings name.</summary>
    public async Task<(ResolvedModel Model, Persona Persona, List<TranscriptMessage> Transcript)> ReadAsync()
    {
        await RefreshAsync();
        lock (_gate)
            return (_services.Models.Resolve(_settings.Model), Persona(), Transcript());
    }

    /// <inheritdoc/>
    MessageEntity IRunRecorder.NewMessage(string type, string text, string? meta) => Place(new NewMessage(type, text) { Meta = meta });

    private MessageEntity Place(NewMessage message)
    {
        lock (_gate)
        {
            var createdAt = Math.Max(_services.Now(), _lastCreatedAt + 1);
            var row = new MessageEntity
            {
                Id = message.Id,
                ConversationId = Id,
                Position = ++_lastPosition,
                Type = message.Type,
                Text = message.Text,
                Name = message.Name,
                Description = message.Description,
                Meta = message.Meta,
                Entities = message.Entities,
                CreatedAt = createdAt,
                UpdatedAt = createdAt,
            };
            _lastCreatedAt = createdAt;
            _transcript.Add(new PlacedMessage(row.Position, TranscriptMessage.From(row)));
            Trim();
            return row;
        }
    }

    private async Task CommitAsync(WriteSet writes)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            await _services.Store.CommitAsync(writes);
        }
        catch
        {
            IsBroken = true;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private RunEntity NewRun(RunInput input) => new()
    {
        Id = input.RunId,
        AccountId = AccountId,
        ConversationId = Id,
        LogId = input.ChannelLogId ?? input.RunId,
        Kind = input.Kind,
        StartedAt = _services.Now(),
    };

    /// <summary>
    /// Opens the run's log. A dispatch is stored at once, since its caller is told so; any other run is stored with the
    /// first thing that its caller sees.
    /// </summary>
    private async Task<EventLog> AcceptAsync(RunEntity run, RunInput input, IdempotencyEntity? idempotency)
    {
        if (input.ChannelLogId is null)
        {
            var log = _services.Logs.Create(run.LogId);
            log.Attach(rows =>
            {
                rows.StartedRun = run;
                rows.Add(idempotency);
            });
            return log;
        }
        await CommitAsync(new WriteSet { StartedRun = run, Idempotency = idempotency });
        return await _services.Logs.OpenAsync(run.LogId);
    }

    private async Task TakeTurnAsync(
        Task before, RunEntity run, RunInput input, ResolvedModel model, EventLog log, RunAbort abort)
    {
        await Task.Yield();
        await before;
        var events = new RunEvents(log, this);
        try
        {
            await RefreshAsync();
            await ExecuteAsync(run, input, model, events, abort);
        }
        catch (Exception exception)
        {
            IsBroken = true;
            if (exception is not MissingParentException)
                _services.Logger.LogError(exception, "Run {RunId} of conversation {ConversationId} failed", run.Id, Id);
            events.Emit("error", RunFault.Write, rows => rows.EndedRun = new RunOutcome(run.Id, EndReasons.Error, _services.Now()));
        }
        finally
        {
            if (input.ChannelLogId is null)
                log.Complete();
            await SettleAsync(log);
            _services.Logs.Release(run.LogId);
            Leave(run.Id);
        }
    }

    /// <summary>
    /// Waits until everything is stored, since from now on readers find the log in the store. What could not be stored
    /// was reported already.
    /// </summary>
    private static Task SettleAsync(EventLog log) =>
        log.FlushAsync().ContinueWith(static _ => { }, TaskScheduler.Default);

    private async Task ExecuteAsync(RunEntity run, RunInput input, ResolvedModel model, RunEvents events, RunAbort abort)
    {
        var usage = new UsageCounter();
        if (input.Text is { } text)
        {
            var sent = Place(new NewMessage(TranscriptMessage.User, text) { Entities = input.Entities });
            events.Emit("sendResult", json => SendResult.Write(json, sent.Id, text, input.Entities), rows => rows.Add(sent));
        }
        List<TranscriptMessage> transcript;
        lock (_gate)
            transcript = Transcript();
        await RunExecution.RunAsync(_services, input, Persona(), model, transcript, events, usage, run, abort);
    }

    private async Task RefreshAsync()
    {
        lock (_gate)
        {
            if (_loaded && !_stale)
                return;
            _stale = false;
        }
        var snapshot = await _services.Store.LoadConversationAsync(Id, _services.Options.MaxMessages, CancellationToken.None)
            ?? throw new MissingParentException($"Conversation {Id} is gone.");
        lock (_gate)
        {
            // What was placed meanwhile may not be in the snapshot yet.
            var newer = _transcript.Where(message => message.Position > snapshot.LastPosition);
            _transcript =
            [
                .. snapshot.Messages.Select(message => new PlacedMessage(message.Position, TranscriptMessage.From(message))),
                .. newer,
            ];
            _settings = snapshot.Conversation;
            _loaded = true;
            _lastPosition = Math.Max(_lastPosition, snapshot.LastPosition);
            _lastCreatedAt = Math.Max(_lastCreatedAt, snapshot.LastCreatedAt);
        }
    }

    private void Trim()
    {
        var excess = _transcript.Count - _services.Options.MaxMessages;
        if (excess > _services.Options.MaxMessages / 4)
            _transcript.RemoveRange(0, excess);
    }

    private List<TranscriptMessage> Transcript() => _transcript.ConvertAll(placed => placed.Message);

    private Persona Persona() => new(_settings.Model, _settings.Backstory);

    private void Leave(string runId)
    {
        lock (_gate)
        {
            if (_runs.Remove(runId, out var abort))
                abort.Dispose();
            _busy--;
        }
    }

    private readonly record struct PlacedMessage(long Position, TranscriptMessage Message);
}

/// <summary>A message that has no place yet.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Text">The text.</param>
internal sealed record NewMessage(string Type, string Text)
{
    /// <summary>Chosen by the caller, so that an answer can name it before it is stored.</summary>
    public string Id { get; init; } = Ids.New();

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string? Meta { get; init; }

    public string? Entities { get; init; }
}

/// <summary>Where to read what a run says.</summary>
internal sealed record RunHandle(string RunId, string LogId);

/// <summary>More runs of one conversation are waiting than is sensible.</summary>
internal sealed class TooManyRunsException() : Exception("Too many runs of this conversation are waiting for their turn.");
