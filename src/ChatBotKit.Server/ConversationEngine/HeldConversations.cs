using System.Collections.Concurrent;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The conversations in memory. When there are too many or they are too large, the least recently used ones are dropped, except
/// those in use.
/// </summary>
/// <param name="services">The dependencies of the engine.</param>
internal sealed class HeldConversations(EngineServices services)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, HeldConversation> _held = new(StringComparer.Ordinal);
    private long _sweptAt = services.Clock.GetTimestamp();
    private int _sweepAbove = services.Options.MaxIdleConversations;

    public int Count => _held.Count;

    public ICollection<HeldConversation> All => _held.Values;

    /// <summary>Takes a conversation, which is not dropped before the use ends.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="isForRun">Whether its messages are needed.</param>
    public Use Take(string conversationId, bool isForRun)
    {
        while (true)
        {
            var held = _held.GetOrAdd(
                conversationId, static (id, add) => new HeldConversation(add.All.LoadAsync(id, add.isForRun)), (All: this, isForRun));
            if (held.TryUse())
            {
                held.LastUsed = services.Clock.GetTimestamp();
                return new Use(this, conversationId, held);
            }

            _held.TryRemove(KeyValuePair.Create(conversationId, held));
        }
    }

    public HeldConversation? Find(string conversationId) => _held.GetValueOrDefault(conversationId);

    /// <summary>Removes the conversation, even if it is in use.</summary>
    public HeldConversation? Remove(string conversationId) => _held.TryRemove(conversationId, out var held) ? held : null;

    /// <summary>
    /// Loads a conversation. Only a run needs the earlier messages; a request that adds a message to a long conversation does not
    /// wait for them.
    /// </summary>
    private async Task<Conversation?> LoadAsync(string conversationId, bool isForRun)
    {
        await RunRecovery.EndCutRunsOfAsync(conversationId, held: null, services);
        var maxMessages = isForRun ? services.Options.MaxMessages : 0;
        return await services.Store.LoadConversationAsync(conversationId, maxMessages, CancellationToken.None) is { } snapshot
            ? new Conversation(snapshot, isWhole: isForRun, services)
            : null;
    }

    private void Leave(string conversationId, HeldConversation held)
    {
        held.Leave();
        if (held.Loaded is null)
            _held.TryRemove(KeyValuePair.Create(conversationId, held));
        else if (IsTimeToSweep())
            DropIdle();
    }

    /// <summary>
    /// Whether to look for conversations to drop: when there are too many, and periodically, because conversations also grow
    /// without a call of this method. Only one caller at a time does it, and there is a pause when all conversations are busy.
    /// </summary>
    private bool IsTimeToSweep()
    {
        var (now, last) = (services.Clock.GetTimestamp(), Interlocked.Read(ref _sweptAt));
        return (_held.Count > Volatile.Read(ref _sweepAbove) || services.Clock.GetElapsedTime(last, now) >= SweepInterval)
            && Interlocked.CompareExchange(ref _sweptAt, now, last) == last;
    }

    /// <summary>Drops idle conversations until a tenth of the capacity is free.</summary>
    private void DropIdle()
    {
        var (maxCount, maxCharacters) = (services.Options.MaxIdleConversations, services.Options.MaxIdleCharacters);
        var (count, characters) = (0, 0L);
        foreach (var (_, held) in _held)
            (count, characters) = (count + 1, characters + held.Characters);
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

    /// <summary>A use of a conversation. Dispose it to end the use.</summary>
    public readonly struct Use(HeldConversations all, string conversationId, HeldConversation held) : IDisposable
    {
        /// <summary>Returns the conversation; null when the account has none with that id.</summary>
        public ValueTask<Conversation?> OfAsync(string accountId) => held.OfAsync(accountId);

        public void Dispose() => all.Leave(conversationId, held);
    }
}
