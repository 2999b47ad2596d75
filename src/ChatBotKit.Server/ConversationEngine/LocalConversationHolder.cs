using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Holds the conversations of a server that is one process.</summary>
internal sealed class LocalConversationHolder(EngineServices services) : IConversationHolder, IAsyncDisposable
{
    /// <summary>How long the store is kept open for runs that are being ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _held = new(StringComparer.Ordinal);
    private long _sweptAt = services.Clock.GetTimestamp();
    private int _sweepAbove = services.Options.MaxIdleConversations;

    /// <summary>How many conversations are in memory.</summary>
    public int Count => _held.Count;

    public Task<MessageRow> AppendAsync(
        string accountId, string conversationId, NewMessage message, IdempotencyRow? idempotency) =>
        WithAsync(accountId, conversationId, forRun: message.Answer is not null, async conversation =>
        {
            using var taken = message.Answer?.SessionId is { } answering
                ? services.Budgets.Find(answering)?.TakeAttachment(message.AnswerBytes)
                : services.Budgets.Find(message.SessionId)?.TakeMessage();
            var row = await conversation.AppendAsync(message, idempotency);
            taken?.Keep();
            return row;
        });

    public Task<RunHandle> StartAsync(string conversationId, RunInput input, IdempotencyRow? idempotency) =>
        WithAsync(input.AccountId, conversationId, forRun: true, async conversation =>
        {
            var budget = services.Budgets.Find(input.SessionId);
            if (budget?.WithoutTokens() is { } usedUp)
                throw usedUp;
            // A run without a message of its own costs as much as one that has it.
            var taken = budget?.TakeMessage();
            try
            {
                return await conversation.StartAsync(input, taken, idempotency);
            }
            catch
            {
                taken?.Dispose();
                throw;
            }
        });

    public Task<bool> AbortAsync(string accountId, string conversationId, string runId) =>
        WithAsync(accountId, conversationId, forRun: false, conversation => Task.FromResult(conversation.Abort(runId, RunAbort.Requested)));

    public Task<CompactResult> CompactAsync(
        string accountId, string conversationId, string messageId, IdempotencyRow? idempotency) =>
        WithAsync(accountId, conversationId, forRun: true, conversation => conversation.CompactAsync(messageId, idempotency));

    public Task EndCutRunsAsync(string accountId, string conversationId) =>
        WithAsync(accountId, conversationId, forRun: true, async conversation =>
        {
            await conversation.RefreshAsync();
            return true;
        });

    public async Task InvalidateAsync(string conversationId)
    {
        if (_held.TryGetValue(conversationId, out var entry) && await LoadedAsync(entry) is { } conversation)
            conversation.Invalidate();
    }

    public async Task RemoveAsync(string conversationId)
    {
        if (_held.TryRemove(conversationId, out var entry) && await LoadedAsync(entry) is { } conversation)
            conversation.AbortAll(RunAbort.Requested);
    }

    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        var ending = new List<Task>();
        foreach (var entry in _held.Values)
        {
            if (await LoadedAsync(entry) is not { } conversation)
                continue;
            conversation.AbortAll(RunAbort.Shutdown);
            ending.Add(conversation.WhenIdleAsync());
        }
        foreach (var end in ending)
            await end.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the runs, since the container closes the store next.</summary>
    public async ValueTask DisposeAsync() =>
        await ShutDownAsync(CancellationToken.None).WaitAsync(LastWords, services.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<T> WithAsync<T>(string accountId, string conversationId, bool forRun, Func<Conversation, Task<T>> work)
    {
        var entry = Use(conversationId, forRun);
        try
        {
            var conversation = await entry.Conversation;
            if (conversation is null || conversation.AccountId != accountId)
                throw new MissingParentException($"There is no conversation {conversationId}.");
            return await work(conversation);
        }
        finally
        {
            entry.Leave();
            if (entry.Loaded is null)
                _held.TryRemove(KeyValuePair.Create(conversationId, entry));
            else if (IsTimeToSweep())
                DropIdle();
        }
    }

    /// <summary>The entry of the conversation, which nobody drops before it is left.</summary>
    private Entry Use(string conversationId, bool forRun)
    {
        while (true)
        {
            var entry = _held.GetOrAdd(
                conversationId, static (id, use) => new Entry(use.Holder.LoadAsync(id, use.forRun)), (Holder: this, forRun));
            if (entry.TryUse())
            {
                entry.LastUsed = services.Clock.GetTimestamp();
                return entry;
            }
            _held.TryRemove(KeyValuePair.Create(conversationId, entry));
        }
    }

    /// <summary>The conversation; null when there is none or it could not be loaded.</summary>
    private static async Task<Conversation?> LoadedAsync(Entry entry)
    {
        await ((Task)entry.Conversation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return entry.Loaded;
    }

    /// <summary>Only a run needs the messages before; who adds a message to a long conversation does not wait for them.</summary>
    private async Task<Conversation?> LoadAsync(string conversationId, bool forRun)
    {
        await RunRecovery.EndCutRunsOfAsync(conversationId, held: null, services);
        var maxMessages = forRun ? services.Options.MaxMessages : 0;
        return await services.Store.LoadConversationAsync(conversationId, maxMessages, CancellationToken.None) is { } snapshot
            ? new Conversation(snapshot, isWhole: forRun, services)
            : null;
    }

    /// <summary>
    /// When there are too many; and now and then, since conversations grow while nobody comes here. One caller at a time does
    /// it, and not again at once when all are busy.
    /// </summary>
    private bool IsTimeToSweep()
    {
        var (now, last) = (services.Clock.GetTimestamp(), Interlocked.Read(ref _sweptAt));
        return (_held.Count > Volatile.Read(ref _sweepAbove) || services.Clock.GetElapsedTime(last, now) >= SweepInterval)
            && Interlocked.CompareExchange(ref _sweptAt, now, last) == last;
    }

    /// <summary>When they are too many or too large, lets those go that were not used for longest, until a tenth is free.</summary>
    private void DropIdle()
    {
        var (maxCount, maxCharacters) = (services.Options.MaxIdleConversations, services.Options.MaxIdleCharacters);
        var (count, characters) = (0, 0L);
        foreach (var (_, entry) in _held)
            (count, characters) = (count + 1, characters + entry.Characters);
        if (count > maxCount || characters > maxCharacters)
        {
            foreach (var held in _held.Where(held => held.Value.Loaded is { IsBusy: false }).OrderBy(held => held.Value.LastUsed))
            {
                if (count <= maxCount * 9 / 10 && characters <= maxCharacters * 9 / 10)
                    break;
                if (!held.Value.TryDrop())
                    continue;
                _held.TryRemove(held);
                (count, characters) = (count - 1, characters - held.Value.Characters);
            }
        }

        Volatile.Write(ref _sweepAbove, Math.Max(maxCount, count + (maxCount / 10)));
    }

    private sealed class Entry(Task<Conversation?> conversation)
    {
        private const int Dropped = -1;

        private int _users;

        public Task<Conversation?> Conversation { get; } = conversation;

        public long LastUsed { get; set; }

        public Conversation? Loaded =>
            Conversation.IsCompletedSuccessfully ? Conversation.GetAwaiter().GetResult() : null;

        public long Characters => Loaded?.Characters ?? 0;

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
    }
}
