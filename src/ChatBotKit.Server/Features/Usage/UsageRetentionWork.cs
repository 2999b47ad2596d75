using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>Deletes the usage that is older than reports can reach, once a day.</summary>
internal sealed class UsageRetentionWork(IStore store, TimeProvider time) : RecurringWork("usage-retention", TimeSpan.FromDays(1))
{
    /// <summary>How long usage is kept: two of the longest periods of a report, and a month.</summary>
    public const int KeptDays = 760;

    private const int AccountsAtOnce = 100;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-KeptDays).ToUnixTimeMilliseconds();
        for (var after = ""; ;)
        {
            var from = after;
            var accounts = await store.QueryAsync(db => db.ListAccountsAsync(from, AccountsAtOnce), cancellationToken);
            foreach (var account in accounts)
                await UsageRemoval.DeleteAsync(store, account, before, cancellationToken);
            if (accounts.Count < AccountsAtOnce)
                return;
            after = accounts[^1];
        }
    }
}

/// <summary>Deletes usage in steps, between which other writes can run.</summary>
internal static class UsageRemoval
{
    /// <summary>Deletes the usage of an account before a time, in Unix milliseconds.</summary>
    public static async Task DeleteAsync(IStore store, string accountId, long before, CancellationToken cancellationToken)
    {
        while (await store.ChangeAsync(db => db.DeleteUsageOfAsync(accountId, before), cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        while (await store.ChangeAsync(db => db.DeleteDaysOfAsync(accountId, before / ConversationDayTable.Milliseconds), cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }
}
