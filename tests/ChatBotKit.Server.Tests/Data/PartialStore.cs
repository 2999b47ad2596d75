using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A store whose methods all throw. Stores of tests override the methods that they need.</summary>
internal abstract class PartialStore : IStore
{
    public virtual Task CommitAsync(WriteSet writes) => throw new NotSupportedException();

    public virtual ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<MessageRow>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<MessageRow?> FindMessageAsync(
        string conversationId, string messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<RunRow?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<RunRow>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<SessionRow?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ApiTokenRow?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IdempotencyRow?> FindIdempotencyAsync(
        string scope, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<ApiTokenRow>> ListApiTokensAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<SigningKeyRow>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
