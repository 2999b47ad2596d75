using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A store that can do nothing; a test's store overrides what the test needs.</summary>
internal abstract class PartialStore : IStore
{
    public virtual Task CommitAsync(WriteSet writes) => throw new NotSupportedException();

    public virtual ValueTask<ConversationSnapshot?> LoadConversationAsync(
        string conversationId, int maxMessages, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<ConversationEntity?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<MessageEntity>> ListMessagesAsync(
        string conversationId, string? cursor, bool descending, int take, int maxCharacters, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<MessageEntity?> FindMessageAsync(
        string conversationId, string messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<LogBatchEntity>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<RunEntity?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<RunEntity>> ListOpenRunsAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<SessionEntity?> FindSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ContactEntity?> FindContactAsync(string contactId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<ApiTokenEntity?> FindApiTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<IdempotencyEntity?> FindIdempotencyAsync(
        string scope, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<ApiTokenEntity>> ListApiTokensAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task NoteApiTokenUseAsync(IReadOnlyList<ApiTokenUse> uses, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<string?> FindServerOwnerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<SigningKeyEntity>> ListSigningKeysAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
