using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.Data;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>A store of one conversation in memory. A test can hold up loads after they have read, and fail commits.</summary>
internal sealed class EngineStore : PartialStore
{
    private readonly ConcurrentQueue<MessageRow> _messages = new();

    public static ConversationRow Conversation { get; } = new() { Id = "c", AccountId = "a", CreatedAt = 1, UpdatedAt = 1 };

    public IReadOnlyList<MessageRow> Messages => [.. _messages.OrderBy(message => message.Position)];

    /// <summary>The task that a load awaits between reading and returning.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether to fail the next commit; null for none.</summary>
    public Func<WriteSet, bool>? Fails { get; set; }

    public override async Task CommitAsync(WriteSet writes)
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

    public override async ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken)
    {
        var messages = Messages;
        await Gate;
        var last = messages.Count > 0 ? messages[^1] : null;
        return new ConversationSnapshot(Conversation, maxMessages == 0 ? [] : messages, last?.Position ?? 0, last?.CreatedAt ?? 0);
    }

    public override ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => new([]);

    public override ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) => new((SessionRow?)null);
}
