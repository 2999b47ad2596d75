using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>Deletes the records of a detached file in pieces.</summary>
internal sealed class FileRecordRemovalWork(IStore store, TimeProvider time) : IDueWorkHandler
{
    public const string RemovalKind = "file-record-removal";

    public string Kind => RemovalKind;

    public int AtOnce => 1;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var records = FileRecords.Parse(item.Key);
        while (await store.ChangeAsync(db => DeleteSomeAsync(db, records), cancellationToken) == FileRecords.BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
        return DueWorkResult.Done;
    }

    /// <summary>Deletes some records, unless the dataset was deleted, whose records are deleted by other work.</summary>
    private async ValueTask<int> DeleteSomeAsync(ISqlTransaction db, FileRecords records) =>
        await db.FindRecordChangesAsync(records.DatasetId) is null ? 0 : await records.DeleteSomeAsync(db, time.GetUtcNow());
}
