using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features;

/// <summary>
/// Schedules the resources that were stored by a version that did not work by their schedules. The schema script of the version that does
/// stores this work, so it is done once.
/// </summary>
internal abstract class AdoptionWork(IStore store) : IDueWorkHandler
{
    private const int BatchSize = 100;

    public abstract string Kind { get; }

    /// <summary>The kinds of the resources.</summary>
    protected abstract IReadOnlyList<string> ResourceKinds { get; }

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        foreach (var kind in ResourceKinds)
            await AdoptAsync(kind, cancellationToken);
        return DueWorkResult.Done;
    }

    /// <summary>Schedules a resource, unless it is scheduled already.</summary>
    protected abstract ValueTask AdoptAsync(ISqlTransaction db, ResourceRow row);

    private async Task AdoptAsync(string kind, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var ids = await store.QueryAsync(db => db.ListIdsAsync(kind, from, BatchSize), cancellationToken);
            await store.ChangeAsync(db => AdoptAsync(db, kind, ids), cancellationToken);
            if (ids.Count < BatchSize)
                return;
            after = ids[^1];
        }
    }

    private async ValueTask<bool> AdoptAsync(ISqlTransaction db, string kind, List<string> ids)
    {
        foreach (var id in ids)
        {
            if (await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, id, kind) is { } row)
                await AdoptAsync(db, row);
        }

        return true;
    }
}
