using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>
/// Resumes interrupted deletions of accounts after a start. Deletes the row of an account an hour after the account was closed, with
/// all data that requests and runs in progress stored for the account in that hour.
/// </summary>
internal sealed class AccountRemovalWork(IStore store, AccountRemoval removal, TimeProvider time)
    : RecurringWork("account-removal", TimeSpan.FromMinutes(1))
{
    private const int AccountsAtOnce = 100;

    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private bool _hasResumed;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_hasResumed)
        {
            await EraseAsync(now, cancellationToken);
            _hasResumed = true;
        }

        foreach (var id in await EraseAsync(now - Grace, cancellationToken))
            await store.ChangeAsync(db => db.DeleteAccountAsync(id), cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    private async Task<List<string>> EraseAsync(DateTimeOffset closedBefore, CancellationToken cancellationToken)
    {
        var closed = await store.QueryAsync(
            db => db.ListClosedAccountsAsync(closedBefore.ToUnixTimeMilliseconds(), AccountsAtOnce), cancellationToken);
        foreach (var id in closed)
            await removal.EraseAsync(id, cancellationToken);
        return closed;
    }
}
