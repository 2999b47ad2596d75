using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// What is known of a conversation: its settings, its last messages and the places of those that are on their way to the store.
/// What may be old is read again before it is used. Thread-safe.
/// </summary>
internal sealed class ConversationState : IRunRecorder
{
    /// <summary>On the scheduler that the engine was called on, which in a simulation decides about the order of all steps.</summary>
    private const ConfigureAwaitOptions WithoutThrowing =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private readonly EngineServices _services;
    private readonly Lock _gate = new();
    private readonly ConversationMemory _memory;
    private ConversationRow _settings;
    private Task _loading = Task.CompletedTask;
    private bool _stale;
    private bool _isBroken;

    /// <param name="snapshot">The conversation as it is stored.</param>
    /// <param name="isWhole">Whether the messages that a run needs are in it; else they are read when the first run starts.</param>
    /// <param name="services">The engine's surroundings.</param>
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

    /// <summary>Whether a write went wrong since the store was read.</summary>
    public bool IsBroken => Volatile.Read(ref _isBroken);

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

    /// <summary>
    /// What is in memory may not be what is stored, so it is read again. This object stays: with another one beside it, runs
    /// that wait here would not wait for those that start there.
    /// </summary>
    public void Break()
    {
        lock (_gate)
            _stale = _isBroken = true;
    }

    /// <summary>The messages that a run looks at, the oldest first.</summary>
    public List<TranscriptMessage> Transcript()
    {
        lock (_gate)
            return _memory.Transcript();
    }

    /// <summary>Gives a message that somebody adds its place; <see cref="Arrive"/> or <see cref="Drop"/> follows.</summary>
    /// <returns>Why the message is refused; null when it has its place.</returns>
    public ApiError? Place(NewMessage message, out MessageRow row)
    {
        // Checked where the place is given: of two answers the second finds the first, and a writer elsewhere is refused for its place.
        lock (_gate)
        {
            var refusal = message.Answer?.Refusal(_memory.Transcript());
            row = refusal is null ? _memory.Place(message, isOfTurn: false, _services.Now()) : null!;
            return refusal;
        }
    }

    /// <summary>Begins a run with the message that it answers.</summary>
    public void Ask(NewMessage message, RunEvents events) => events.Asked(PlaceOfTurn(message), message.Use);

    /// <inheritdoc/>
    MessageRow IRunRecorder.NewMessage(string type, string text, string? meta, string? answerFrom) =>
        PlaceOfTurn(new NewMessage(type, text) { Meta = meta, AnswerFrom = answerFrom });

    /// <summary>The message at this place is stored.</summary>
    public void Arrive(long position)
    {
        lock (_gate)
            _memory.Arrive(position, IsBeingRead);
    }

    /// <summary>The message at this place is refused, or nobody knows whether it was.</summary>
    public void Drop(long position)
    {
        lock (_gate)
            _memory.Drop(position);
        Break();
    }

    /// <summary>The messages of the turn are stored, or some of them are refused and the store is read again.</summary>
    public void EndTurn(bool isStored)
    {
        lock (_gate)
            _memory.EndTurn(isStored, IsBeingRead);
    }

    /// <summary>Completes when the state in memory is as new as the store's was when this was called.</summary>
    /// <exception cref="MissingParentException">The conversation is gone.</exception>
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
}
