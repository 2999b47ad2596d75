using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The state of a conversation in memory: its settings, its last messages, and the positions of messages that are being stored.
/// Outdated state is loaded again before it is used. Thread-safe.
/// </summary>
internal sealed class ConversationState : IRunRecorder
{
    /// <summary>Continues on the caller's scheduler. In a simulation it determines the order of all steps.</summary>
    private const ConfigureAwaitOptions WithoutThrowing =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private readonly EngineServices _services;
    private readonly Lock _gate = new();
    private readonly ConversationMemory _memory;
    private ConversationRow _settings;
    private Task _loading = Task.CompletedTask;
    private bool _stale;
    private bool _isBroken;

    /// <param name="snapshot">The stored conversation.</param>
    /// <param name="isWhole">
    /// Whether the snapshot has the messages that a run needs. If not, they are loaded when the first run starts.
    /// </param>
    /// <param name="services">The dependencies of the engine.</param>
    public ConversationState(ConversationSnapshot snapshot, bool isWhole, EngineServices services)
    {
        _services = services;
        _settings = snapshot.Conversation;
        _memory = new ConversationMemory(Id, services.Options.MaxMessages);
        _memory.Take(snapshot);
        _stale = !isWhole;
    }

    public string Id => _settings.Id;

    public ConversationRow Settings => _settings;

    /// <summary>Whether a write has failed since the state was loaded.</summary>
    public bool IsBroken => Volatile.Read(ref _isBroken);

    /// <summary>The memory that the state takes, in characters.</summary>
    public long Characters => _memory.Characters + (_settings.Backstory?.Length ?? 0) + (_settings.Meta?.Length ?? 0);

    /// <summary>Whether the state is being loaded. Messages that are stored meanwhile may be missing in the result.</summary>
    private bool IsBeingRead => !_loading.IsCompleted;

    /// <summary>Marks settings and messages as changed in the store, so that they are loaded again before their next use.</summary>
    public void Invalidate()
    {
        lock (_gate)
            _stale = true;
    }

    /// <summary>
    /// Marks the state as possibly different from the stored one, so that it is loaded again. The object is not replaced: runs that
    /// wait on it would not wait for those that start on its replacement.
    /// </summary>
    public void Break()
    {
        lock (_gate)
            _stale = _isBroken = true;
    }

    /// <summary>Returns the messages for a run, oldest first.</summary>
    public List<TranscriptMessage> Transcript()
    {
        lock (_gate)
            return _memory.Transcript();
    }

    /// <summary>Assigns a position to a message that is being added. <see cref="Arrive"/> or <see cref="Drop"/> must follow.</summary>
    /// <returns>The reason why the message is refused; null when it has a position.</returns>
    public ApiError? Place(NewMessage message, out MessageRow row)
    {
        // The check and the assignment are one step: of two answers to a call, the second one sees the first. A writer in another
        // process would be refused because of its position.
        lock (_gate)
        {
            var refusal = message.Answer?.Refusal(_memory.Transcript());
            row = refusal is null ? _memory.Place(message, isOfTurn: false, _services.Now()) : null!;
            return refusal;
        }
    }

    /// <summary>Reports the user's message at the beginning of a run.</summary>
    public void Ask(NewMessage message, RunEvents events) =>
        events.Asked(PlaceOfTurn(message), message.Use, _settings.Event(EventTypes.MessageCreate, _services.Now()));

    /// <inheritdoc/>
    MessageRow IRunRecorder.NewMessage(NewMessage message) => PlaceOfTurn(message);

    /// <inheritdoc/>
    EventEntry IRunRecorder.NewEvent(string type) => _settings.Event(type, _services.Now());

    /// <inheritdoc/>
    MetaMember IRunRecorder.NewMark(Abuse abuse) => abuse.ToMark(_settings);

    /// <summary>Marks the message at this position as stored.</summary>
    public void Arrive(long position)
    {
        lock (_gate)
            _memory.Arrive(position, IsBeingRead);
    }

    /// <summary>Removes the message at this position, which was refused, or may have been.</summary>
    public void Drop(long position)
    {
        lock (_gate)
            _memory.Drop(position);
        Break();
    }

    /// <summary>Ends the turn: either its messages are all stored, or the state will be loaded again.</summary>
    public void EndTurn(bool isStored)
    {
        lock (_gate)
            _memory.EndTurn(isStored, IsBeingRead);
    }

    /// <summary>Completes when the state in memory is at least as new as that of the store at the time of the call.</summary>
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
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

    private MessageRow PlaceOfTurn(NewMessage message)
    {
        lock (_gate)
            return _memory.Place(message, isOfTurn: true, _services.Now());
    }

    private async Task LoadAsync(Task before)
    {
        await before.ConfigureAwait(WithoutThrowing);
        var isLoaded = false;
        try
        {
            var snapshot = await _services.Store.LoadConversationAsync(Id, _services.Options.MaxMessages, CancellationToken.None)
                ?? throw new MissingParentException($"Conversation {Id} was deleted.");
            Take(snapshot);
            // Done by this object, because only it knows the positions of messages that are being stored.
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
}
