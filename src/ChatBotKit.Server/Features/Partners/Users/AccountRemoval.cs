using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Usage;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>
/// Deletes everything that a closed account owns, in steps. Each step is a transaction and never has to be repeated, so the deletion
/// can be interrupted and resumed at any point. Runs, their logs, channels and idempotency keys expire within a day.
/// </summary>
internal sealed class AccountRemoval(IStore store, ResourceRemoval resources, ResourceKinds kinds, TimeProvider time)
{
    private const int ConversationsAtOnce = 20;

    public async Task EraseAsync(string accountId, CancellationToken cancellationToken)
    {
        while (await EraseConversationsAsync(accountId, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        while (await EraseResourceAsync(accountId, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        await UsageRemoval.DeleteAsync(store, accountId, long.MaxValue, cancellationToken);
        // Last, because what was deleted above has logged it.
        await store.DeleteEventsAsync(accountId, cancellationToken);
        foreach (var table in AccountErasure.WalkedTables)
            await EraseRowsAsync(table, accountId, cancellationToken);
        while (await store.ChangeAsync(db => db.DeleteAuditAsync(accountId), cancellationToken) > 0)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Whether more conversations may exist.</returns>
    private async Task<bool> EraseConversationsAsync(string accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var count = await store.ChangeAsync(
            async db =>
            {
                var conversations = await db.ListConversationsAsync(accountId, ConversationsAtOnce);
                foreach (var conversation in conversations)
                    await db.DeleteConversationAsync(conversation, now);
                return conversations.Count;
            },
            cancellationToken);
        return count > 0;
    }

    /// <returns>Whether more resources may exist.</returns>
    private async Task<bool> EraseResourceAsync(string accountId, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => db.FindAnyResourceAsync(accountId), cancellationToken) is not { } row)
            return false;
        var kind = kinds.Find(row.Kind) ?? throw new InvalidOperationException($"This server knows no resources of the kind {row.Kind}.");
        try
        {
            await resources.RemoveAsync(kind, row, Removal.WithOwner, answered: null, cancellationToken);
        }
        catch (ApiException exception) when (exception.Code == ErrorCode.NotFound)
        {
            // Another request has deleted the resource meanwhile.
        }

        return true;
    }

    /// <summary>
    /// Deletes the rows of the account. The rows are searched outside the transactions that delete them, because a long search would
    /// block every write.
    /// </summary>
    private async Task EraseRowsAsync(string table, string accountId, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var ids = await store.QueryAsync(db => db.WalkAsync(table, accountId, from), cancellationToken);
            if (ids.Count == 0)
                return;
            await store.ChangeAsync(db => db.DeleteWalkedAsync(table, ids), cancellationToken);
            after = ids[^1];
        }
    }
}
