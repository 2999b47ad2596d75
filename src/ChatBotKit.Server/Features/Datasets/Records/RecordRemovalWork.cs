using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>Deletes the records of a deleted dataset in pieces, between which other writes can run.</summary>
internal sealed class RecordRemovalWork(IStore store) : IDueWorkHandler
{
    /// <summary>How many rows one transaction deletes.</summary>
    public const int BatchSize = 100;

    public string Kind => RecordTable.RemovalKind;

    public int AtOnce => 1;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        while (await store.ChangeAsync(db => db.DeleteRecordsAsync(item.Key, BatchSize), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
        return DueWorkResult.Done;
    }
}
