using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Deletes expired resources once an hour. Until then no request finds them. The query reads all resources of a kind, so it does not run
/// more often.
/// </summary>
internal sealed class ResourceExpiryWork(IStore store, ResourceKinds kinds, ResourceRemoval removal, TimeProvider time)
    : RecurringWork("resource-expiry", TimeSpan.FromHours(1))
{
    private const int BatchSize = 500;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in kinds.All.Where(kind => kind.ExpiresBy is not null))
        {
            while (await SweepAsync(kind, cancellationToken) == BatchSize)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    private async Task<int> SweepAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var expired = await store.QueryAsync(db => db.ListExpiredAsync(kind.Name, kind.ExpiresBy!, now, BatchSize), cancellationToken);
        foreach (var row in expired)
        {
            try
            {
                await removal.RemoveAsync(kind, row, Removal.Alone, answered: null, cancellationToken);
            }
            catch (ApiException exception) when (exception.Code == ErrorCode.NotFound)
            {
                // Its owner has deleted it meanwhile.
            }
        }

        return expired.Count;
    }
}
