namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A conversation in memory, or on its way there, with those who use it. Thread-safe.</summary>
/// <param name="loading">Gives the conversation; null when there is none.</param>
internal sealed class HeldConversation(Task<Conversation?> loading)
{
    private const int Dropped = -1;

    private int _users;
    private bool _isChanged;

    public long LastUsed { get; set; }

    /// <summary>The conversation; null while it is loaded, when there is none and when it could not be loaded.</summary>
    public Conversation? Loaded => loading.IsCompletedSuccessfully ? loading.GetAwaiter().GetResult() : null;

    public long Characters => Loaded?.Characters ?? 0;

    /// <summary>The conversation as it is stored now; null when the account has none of that id.</summary>
    /// <exception cref="Exception">It could not be loaded.</exception>
    public async ValueTask<Conversation?> OfAsync(string accountId)
    {
        var conversation = await loading;
        if (conversation is null || conversation.AccountId != accountId)
            return null;
        TakeChange(conversation);
        return conversation;
    }

    /// <summary>The conversation when it is loaded; null when there is none or it could not be.</summary>
    public async Task<Conversation?> WhenLoadedAsync()
    {
        await ((Task)loading)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return Loaded;
    }

    /// <summary>
    /// The conversation was changed in the store. While it is being loaded it is not known which of both came first, so it is read
    /// again after that.
    /// </summary>
    public void Invalidate()
    {
        // This call or the next user passes the change on: the first of them that finds the conversation loaded.
        Interlocked.Exchange(ref _isChanged, true);
        if (Loaded is { } conversation)
            TakeChange(conversation);
    }

    /// <summary>Counts a user; false when it was dropped.</summary>
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

    /// <summary>Gives it up unless somebody uses it or something goes on in it.</summary>
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
