using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>A store of one conversation in memory, whose loads can be held up after they have read and whose commits can fail.</summary>
internal sealed class EngineStore : IStore
{
    private readonly ConcurrentQueue<MessageEntity> _messages = new();

    public static ConversationEntity Conversation { get; } = new() { Id = "c", AccountId = "a", CreatedAt = 1, UpdatedAt = 1 };

    public IReadOnlyList<MessageEntity> Messages => [.. _messages.OrderBy(message => message.Position)];

    /// <summary>What a load waits for between reading and answering.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether the next commit that holds this fails; null for none.</summary>
    public Func<WriteSet, bool>? Fails { get; set; }

    public async Task CommitAsync(WriteSet writes)
    {
        await Task.Yield();
        if (Fails?.Invoke(writes) == true)
        {
            Fails = null;
            throw new StoreUnavailableException("The disk fails.");
        }
        if (writes.Messages.Any(message => _messages.Any(stored => stored.Position == message.Position)))
            throw new StaleWriteException("The position is taken.");
        foreach (var message in writes.Messages)
            _messages.Enqueue(message);
    }

    public async ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken)
    {
        var messages = Messages;
        await Gate;
        var last = messages.Count > 0 ? messages[^1] : null;
        return new ConversationSnapshot(Conversation, maxMessages == 0 ? [] : messages, last?.Position ?? 0, last?.CreatedAt ?? 0);
    }

    public ValueTask<IReadOnlyList<LogBatchEntity>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => new([]);

    public ValueTask<SessionEntity?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => new((SessionEntity?)null);

    public ValueTask<IReadOnlyList<MessageEntity>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<MessageEntity?> FindMessageAsync(
        string conversationId, string messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<RunEntity?> FindRunAsync(string runId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RunEntity>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ContactEntity?> FindContactAsync(string contactId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ApiTokenEntity?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IdempotencyEntity?> FindIdempotencyAsync(string scope, string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> AnyAccountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SigningKeyEntity>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<T> ReadAsync<T>(Func<ServerDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<T> WriteAsync<T>(Func<ServerDbContext, T> change, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
