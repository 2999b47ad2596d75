using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>Deletes the staged records of an import that has ended, in pieces, between which other writes can run.</summary>
internal sealed class StagedRecordRemovalWork(IStore store) : IDueWorkHandler
{
    public const string RemovalKind = "staged-record-removal";

    /// <summary>How many rows one transaction deletes.</summary>
    private const int BatchSize = 100;

    public string Kind => RemovalKind;

    public int AtOnce => 1;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        await DeleteAsync(store, StagedImport.Parse(item.Key), cancellationToken);
        return DueWorkResult.Done;
    }

    public static async Task DeleteAsync(IStore store, StagedImport import, CancellationToken cancellationToken)
    {
        while (await store.ChangeAsync(db => db.DeleteStagedRecordsAsync(import, BatchSize), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
    }
}
