namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A conversation that is in memory or being loaded, and the number of its users. Thread-safe.</summary>
/// <param name="loading">Loads the conversation; null when it does not exist.</param>
internal sealed class HeldConversation(Task<Conversation?> loading)
{
    private const int Dropped = -1;

    private int _users;
    private bool _isChanged;

    public long LastUsed { get; set; }

    /// <summary>The conversation; null while it is being loaded, and when it does not exist or could not be loaded.</summary>
    public Conversation? Loaded => loading.IsCompletedSuccessfully ? loading.GetAwaiter().GetResult() : null;

    public long Characters => Loaded?.Characters ?? 0;

    /// <summary>Returns the conversation in its stored state; null when the account has none with that id.</summary>
    /// <exception cref="Exception">The conversation could not be loaded.</exception>
    public async ValueTask<Conversation?> OfAsync(string accountId)
    {
        var conversation = await loading;
        if (conversation is null || conversation.AccountId != accountId)
            return null;
        TakeChange(conversation);
        return conversation;
    }

    /// <summary>Returns the conversation after it is loaded; null when it does not exist or could not be loaded.</summary>
    public async Task<Conversation?> WhenLoadedAsync()
    {
        await ((Task)loading)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return Loaded;
    }

    /// <summary>
    /// Marks the conversation as changed in the store. If it is being loaded, it is loaded once more afterwards, because the loaded
    /// state may be older than the change.
    /// </summary>
    public void Invalidate()
    {
        // The change is passed on by this call, or by the first user that finds the conversation loaded.
        Interlocked.Exchange(ref _isChanged, true);
        if (Loaded is { } conversation)
            TakeChange(conversation);
    }

    /// <summary>Adds a user; returns false when the conversation was dropped.</summary>
    public bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users != Dropped; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }

        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _users);

    /// <summary>Drops the conversation if it has no users and no work in progress.</summary>
    public bool TryDrop()
    {
        if (Interlocked.CompareExchange(ref _users, Dropped, 0) != 0)
            return false;
        if (Loaded is { IsBusy: false })
            return true;
        Volatile.Write(ref _users, 0);
        return false;
    }

    private void TakeChange(Conversation conversation)
    {
        if (Interlocked.Exchange(ref _isChanged, false))
            conversation.Invalidate();
    }
}
