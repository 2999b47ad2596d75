using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Who holds the conversations. In one process a dictionary; in several, whoever the cluster says. Everything that goes
/// through here is data, so that it can cross to another process.
/// </summary>
/// <remarks>
/// Every call throws <see cref="Data.MissingParentException"/> when the account has no such conversation.
/// </remarks>
internal interface IConversationHolder
{
    /// <summary>Stores a message; durable when the task completes.</summary>
    /// <exception cref="Errors.ApiException">429: its session has sent as many as it may.</exception>
    Task<MessageRow> AppendAsync(string accountId, string conversationId, NewMessage message, IdempotencyRow? idempotency);

    /// <summary>Takes a run in and says where to read it.</summary>
    /// <exception cref="Errors.ApiException">429: its session has used up its tokens or messages.</exception>
    Task<RunHandle> StartAsync(string conversationId, RunInput input, IdempotencyRow? idempotency);

    /// <summary>Ends a run early; false when it is not going on.</summary>
    Task<bool> AbortAsync(string accountId, string conversationId, string runId);

    /// <summary>Writes a checkpoint message that sums up what was said.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="messageId">The id that the checkpoint gets.</param>
    /// <param name="idempotency">Stored with the checkpoint.</param>
    Task<CompactResult> CompactAsync(string accountId, string conversationId, string messageId, IdempotencyRow? idempotency);

    /// <summary>Somebody changed the conversation or its messages in the store.</summary>
    Task InvalidateAsync(string conversationId);

    /// <summary>Ends the runs of the conversation that the store cut off when it failed.</summary>
    /// <exception cref="MissingParentException">There is no such conversation.</exception>
    /// <exception cref="StoreUnavailableException">The store still fails.</exception>
    Task EndCutRunsAsync(string accountId, string conversationId);

    /// <summary>The conversation was deleted: ends its runs and lets it go.</summary>
    Task RemoveAsync(string conversationId);

    /// <summary>Ends all runs with the given reason and waits until their last words are stored.</summary>
    Task ShutDownAsync(CancellationToken cancellationToken);
}

/// <param name="MessageId">The checkpoint's id; null when there was nothing to sum up.</param>
/// <param name="Text">The summary.</param>
/// <param name="Usage">What it cost.</param>
internal sealed record CompactResult(string? MessageId, string Text, UsageCounter Usage);
