using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Holds the conversations of a server that is one process.</summary>
internal sealed class LocalConversationHolder(EngineServices services) : IConversationHolder
{
    private readonly ConcurrentDictionary<string, Entry> _held = new(StringComparer.Ordinal);

    /// <summary>How many conversations are held.</summary>
    public int Count => _held.Count;

    public Task<MessageEntity> AppendAsync(
        string accountId, string conversationId, NewMessage message, IdempotencyEntity? idempotency) =>
        WithAsync(accountId, conversationId, conversation => conversation.AppendAsync(message, idempotency));

    public Task<RunHandle> StartAsync(string conversationId, RunInput input, IdempotencyEntity? idempotency) =>
        WithAsync(input.AccountId, conversationId, conversation => conversation.StartAsync(input, idempotency));

    public Task<bool> AbortAsync(string accountId, string conversationId, string runId) =>
        WithAsync(accountId, conversationId, conversation => Task.FromResult(conversation.Abort(runId, RunAbort.Requested)));

    public Task<CompactResult> CompactAsync(string accountId, string conversationId) =>
        WithAsync(accountId, conversationId, async conversation =>
        {
            var (model, _, transcript) = await conversation.ReadAsync();
            var result = await Compaction.SummarizeAsync(model, transcript, CancellationToken.None);
            if (result.Text.Length == 0)
                return result;
            var row = await conversation.AppendAsync(new NewMessage(TranscriptMessage.Checkpoint, result.Text), idempotency: null);
            return result with { MessageId = row.Id };
        });

    public async Task InvalidateAsync(string conversationId)
    {
        if (_held.TryGetValue(conversationId, out var entry) && await entry.Conversation is { } conversation)
            conversation.Invalidate();
    }

    public async Task RemoveAsync(string conversationId)
    {
        if (_held.TryRemove(conversationId, out var entry) && await entry.Conversation is { } conversation)
            conversation.AbortAll(RunAbort.Requested);
    }

    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        var ending = new List<Task>();
        foreach (var entry in _held.Values)
        {
            if (await entry.Conversation is not { } conversation)
                continue;
            conversation.AbortAll(RunAbort.Shutdown);
            ending.Add(conversation.WhenIdleAsync());
        }
        await Task.WhenAll(ending).WaitAsync(cancellationToken);
    }

    private async Task<T> WithAsync<T>(string accountId, string conversationId, Func<Conversation, Task<T>> work)
    {
        var entry = _held.GetOrAdd(conversationId, static (id, holder) => new Entry(holder.LoadAsync(id)), this);
        entry.LastUsed = services.Clock.GetTimestamp();
        var conversation = await LoadedAsync(conversationId, entry);
        if (conversation is null || conversation.AccountId != accountId)
            throw new MissingParentException($"There is no conversation {conversationId}.");
        try
        {
            return await work(conversation);
        }
        finally
        {
            if (conversation.IsBroken)
                _held.TryRemove(KeyValuePair.Create(conversationId, entry));
            else if (_held.Count > services.Options.MaxIdleConversations)
                DropIdle();
        }
    }

    private async Task<Conversation?> LoadedAsync(string conversationId, Entry entry)
    {
        try
        {
            var conversation = await entry.Conversation;
            if (conversation is null)
                _held.TryRemove(KeyValuePair.Create(conversationId, entry));
            return conversation;
        }
        catch
        {
            _held.TryRemove(KeyValuePair.Create(conversationId, entry));
            throw;
        }
    }

    private async Task<Conversation?> LoadAsync(string conversationId) =>
        await services.Store.LoadConversationAsync(conversationId, maxMessages: 0, CancellationToken.None) is { } snapshot
            ? new Conversation(snapshot, services)
            : null;

    /// <summary>Lets the tenth part go that was not used for longest.</summary>
    private void DropIdle()
    {
        var idle = _held
            .Where(held => held.Value.Conversation is { IsCompletedSuccessfully: true } loaded
                && loaded.GetAwaiter().GetResult() is { IsBusy: false })
            .OrderBy(held => held.Value.LastUsed)
            .Take(services.Options.MaxIdleConversations / 10 + 1);
        foreach (var held in idle)
            _held.TryRemove(held);
    }

    private sealed class Entry(Task<Conversation?> conversation)
    {
        public Task<Conversation?> Conversation { get; } = conversation;

        public long LastUsed { get; set; }
    }
}
