using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Holds the conversations of a server that is a single process.</summary>
internal sealed class LocalConversationHolder : IConversationHolder, IChangeListener, IAsyncDisposable
{
    /// <summary>How long the shutdown waits until aborted runs have stored their last events.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly EngineServices _services;
    private readonly HeldConversations _held;

    /// <param name="services">The dependencies of the engine.</param>
    /// <param name="changes">The changes of stored conversations and messages.</param>
    public LocalConversationHolder(EngineServices services, ChangeFeed changes)
    {
        (_services, _held) = (services, new HeldConversations(services));
        changes.Listen(this, ListenerStage.Work);
    }

    /// <summary>The number of conversations in memory.</summary>
    public int Count => _held.Count;

    public async Task<ApiError?> AppendAsync(string accountId, string conversationId, NewMessage message, KeptAnswer? kept)
    {
        using var use = _held.Take(conversationId, isForRun: message.Answer is not null);
        var stored = await StoreAsync(
            use, accountId, message, async conversation => await conversation.AppendAsync(message, kept) is { } refusal ? refusal : new SentMessage(message.Entities));
        return stored.Refusal;
    }

    public async Task<Outcome<SentMessage>> SendAsync(string accountId, string conversationId, NewMessage message, KeptAnswer? kept)
    {
        using var use = _held.Take(conversationId, isForRun: true);
        return await StoreAsync(use, accountId, message, conversation => conversation.SendAsync(message, kept));
    }

    public async Task<Outcome<RunHandle>> StartAsync(string conversationId, RunInput input, KeptAnswer? kept)
    {
        using var use = _held.Take(conversationId, isForRun: true);
        try
        {
            if (await use.OfAsync(input.AccountId) is not { } conversation)
                return Refusals.NoConversation;
            SessionTake? taken = null;
            var budget = _services.Budgets.Find(input.SessionId);
            // A run without a message of its own counts as a message too.
            if ((budget?.WithoutTokens() ?? budget?.TakeMessage(out taken)) is { } usedUp)
                return ApiError.From(usedUp);
            // Releases the reservation unless the run has taken it over.
            using var taking = taken;
            return await conversation.StartAsync(input, taken, kept);
        }
        catch (MissingParentException)
        {
            return Refusals.NoConversation;
        }
    }

    public async Task<bool> AbortAsync(string accountId, string conversationId, string runId)
    {
        using var use = _held.Take(conversationId, isForRun: false);
        return await use.OfAsync(accountId) is { } conversation && conversation.Abort(runId, RunAbort.Requested);
    }

    public async Task<Outcome<CompactResult>> CompactAsync(
        string accountId, string conversationId, string messageId, KeptAnswer? kept)
    {
        using var use = _held.Take(conversationId, isForRun: true);
        try
        {
            return await use.OfAsync(accountId) is { } conversation
                ? await conversation.CompactAsync(messageId, kept)
                : Refusals.NoConversation;
        }
        catch (MissingParentException)
        {
            return Refusals.NoConversation;
        }
    }

    public async Task<bool> EndCutRunsAsync(string accountId, string conversationId)
    {
        using var use = _held.Take(conversationId, isForRun: true);
        try
        {
            if (await use.OfAsync(accountId) is not { } conversation)
                return false;
            await conversation.RefreshAsync();
            return true;
        }
        catch (MissingParentException)
        {
            return false;
        }
    }

    /// <summary>Marks a changed conversation for loading, and removes a deleted one.</summary>
    public void OnChanged(in Change change)
    {
        if (change is { Kind: ChangedKinds.Conversation, What: ChangeKind.Deleted })
            _ = EndAsync(_held.Remove(change.Id));
        else if (change is { Kind: ChangedKinds.Conversation or ChangedKinds.Message, ConversationId: { } conversationId })
            _held.Find(conversationId)?.Invalidate();
    }

    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        var ending = new List<Task>();
        foreach (var held in _held.All)
        {
            if (await held.WhenLoadedAsync() is not { } conversation)
                continue;
            conversation.AbortAll(RunAbort.Shutdown);
            ending.Add(conversation.WhenIdleAsync());
        }

        foreach (var end in ending)
            await end.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the runs, because the container closes the store next.</summary>
    public async ValueTask DisposeAsync() =>
        await ShutDownAsync(CancellationToken.None).WaitAsync(LastWords, _services.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Stores a message, and counts it for its session.</summary>
    private async Task<Outcome<SentMessage>> StoreAsync(
        HeldConversations.Use use, string accountId, NewMessage message, Func<Conversation, Task<Outcome<SentMessage>>> store)
    {
        try
        {
            if (await use.OfAsync(accountId) is not { } conversation)
                return Refusals.NoConversation;
            if (Take(message, out var taken) is { } usedUp)
                return ApiError.From(usedUp);
            using var taking = taken;
            var stored = await store(conversation);
            if (stored.Refusal is null)
                taken?.Keep();
            return stored;
        }
        catch (MissingParentException)
        {
            return Refusals.NoConversation;
        }
    }

    private static async Task EndAsync(HeldConversation? held)
    {
        if (held is not null && await held.WhenLoadedAsync() is { } conversation)
            conversation.AbortAll(RunAbort.Requested);
    }

    /// <summary>Reserves the message in its session's limits.</summary>
    private ApiException? Take(NewMessage message, out SessionTake? taken)
    {
        taken = null;
        return message.Answer?.SessionId is { } answering
            ? _services.Budgets.Find(answering)?.TakeAttachment(message.AnswerBytes, out taken)
            : _services.Budgets.Find(message.SessionId)?.TakeMessage(out taken);
    }
}
