using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Holds the conversations: a dictionary in one process, and in several the process that the cluster names. Arguments and results
/// are data, so that a call can cross to another process. A holder hears from the change feed that a conversation was changed or
/// deleted in the store.
/// </summary>
/// <remarks>
/// What a caller can do something about is answered as a refusal; a conversation that the account does not have is 404. An
/// exception says that the store or a model fails, or that an idempotency key is stored already.
/// </remarks>
internal interface IConversationHolder
{
    /// <summary>Stores a message; durable when the task completes.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="kept">Stored with the message; null for a request without an idempotency key.</param>
    /// <returns>
    /// 403 or 409: an answer to a function call that its sender may not give, or that was given; 429: its session has sent as many
    /// as it may; null when the message is stored.
    /// </returns>
    Task<ApiError?> AppendAsync(string accountId, string conversationId, NewMessage message, KeptAnswer? kept);

    /// <summary>Takes a run in and says where to read it.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="input">What to do.</param>
    /// <param name="kept">Stored with the run; null for a request without an idempotency key.</param>
    /// <returns>429: too many runs wait, or its session has used up its tokens or messages.</returns>
    Task<Outcome<RunHandle>> StartAsync(string conversationId, RunInput input, KeptAnswer? kept);

    /// <summary>Ends a run early; false when it is not going on, and when there is no such conversation.</summary>
    Task<bool> AbortAsync(string accountId, string conversationId, string runId);

    /// <summary>Writes a checkpoint message that sums up what was said.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="messageId">The id that the checkpoint gets.</param>
    /// <param name="kept">Stored with the checkpoint; null for a request without an idempotency key.</param>
    /// <returns>429: too many runs wait.</returns>
    Task<Outcome<CompactResult>> CompactAsync(string accountId, string conversationId, string messageId, KeptAnswer? kept);

    /// <summary>Ends the runs of the conversation that the store cut off when it failed; false when there is no such conversation.</summary>
    Task<bool> EndCutRunsAsync(string accountId, string conversationId);

    /// <summary>Ends all runs, because the process ends, and waits until their last words are stored.</summary>
    Task ShutDownAsync(CancellationToken cancellationToken);
}

/// <param name="MessageId">The checkpoint's id; null when there was nothing to sum up.</param>
/// <param name="Text">The summary.</param>
/// <param name="InputTokens">What it cost.</param>
/// <param name="OutputTokens">And what it gave.</param>
internal sealed record CompactResult(string? MessageId, string Text, long InputTokens, long OutputTokens);
