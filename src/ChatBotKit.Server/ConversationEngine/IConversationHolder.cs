using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Holds the active conversations: in one process with a dictionary, and in a cluster in the process that the cluster assigns.
/// Arguments and results are data, so that a call can cross to another process. A holder learns from the change feed that a
/// conversation was changed or deleted in the store.
/// </summary>
/// <remarks>
/// Failures that a caller can handle are returned as refusals; an unknown conversation, or one of another account, is a 404. An
/// exception means that the store or a model has failed, or that an idempotency key is already stored.
/// </remarks>
internal interface IConversationHolder
{
    /// <summary>Stores a message. It is durable when the task completes.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="kept">The idempotency record, which is stored with the message; null for a request without a key.</param>
    /// <returns>
    /// 403 or 409 when the message answers a function call that its sender may not answer, or that has an answer; 429 when its
    /// session has used up its messages; null when it is stored.
    /// </returns>
    Task<ApiError?> AppendAsync(string accountId, string conversationId, NewMessage message, KeptAnswer? kept);

    /// <summary>Stores a message of the user that no run answers, as the settings of the conversation want it: marked and moderated.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="kept">The idempotency record, which is stored with the message; null for a request without a key.</param>
    /// <returns>The message as it is stored; 429 when its session has used up its messages.</returns>
    Task<Outcome<SentMessage>> SendAsync(string accountId, string conversationId, NewMessage message, KeptAnswer? kept);

    /// <summary>Starts a run, and returns where its events can be read.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="input">The input of the run.</param>
    /// <param name="kept">The idempotency record, which is stored with the run; null for a request without a key.</param>
    /// <returns>429 when too many runs are waiting, or when its session has used up its tokens or messages.</returns>
    Task<Outcome<RunHandle>> StartAsync(string conversationId, RunInput input, KeptAnswer? kept);

    /// <summary>Aborts a run; returns false when it is not active, or when there is no such conversation.</summary>
    Task<bool> AbortAsync(string accountId, string conversationId, string runId);

    /// <summary>Writes a checkpoint message that summarizes the conversation.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="messageId">The id of the checkpoint.</param>
    /// <param name="kept">The idempotency record, which is stored with the checkpoint; null for a request without a key.</param>
    /// <returns>429 when too many runs are waiting, or when a policy blocks the bot.</returns>
    Task<Outcome<CompactResult>> CompactAsync(string accountId, string conversationId, string messageId, KeptAnswer? kept);

    /// <summary>
    /// Ends the runs of the conversation that were interrupted by a failure of the store; returns false when there is no such
    /// conversation.
    /// </summary>
    Task<bool> EndCutRunsAsync(string accountId, string conversationId);

    /// <summary>Aborts all runs because the process stops, and waits until their last events are stored.</summary>
    Task ShutDownAsync(CancellationToken cancellationToken);
}

/// <summary>A message of the user that was stored.</summary>
/// <param name="Entities">The personal data in its text, as a JSON array; null for none.</param>
internal sealed record SentMessage(string? Entities);

/// <param name="MessageId">The id of the checkpoint; null when there was nothing to summarize.</param>
/// <param name="Text">The summary.</param>
/// <param name="InputTokens">The number of input tokens.</param>
/// <param name="OutputTokens">The number of output tokens.</param>
internal sealed record CompactResult(string? MessageId, string Text, long InputTokens, long OutputTokens);
