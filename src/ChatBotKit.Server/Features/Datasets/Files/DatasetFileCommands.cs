using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>Attaches files to datasets, and detaches them. Both must belong to the caller.</summary>
internal sealed class DatasetFileCommands(IStore store, TimeProvider time)
{
    /// <exception cref="ApiException">400: the type is unknown; 404: the caller has no such dataset or file.</exception>
    public Task<IdResponse> AttachAsync(
        string dataset, string file, DatasetFileAttachRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var type = request.Type ?? DatasetFileType.Source;
        if (type != DatasetFileType.Source)
            throw ApiException.BadRequest($"\"type\" must be {DatasetFileType.Source}");
        return ChangeAsync(
            dataset, file, caller, call,
            (db, datasetId, fileId) => db.AttachFileAsync(new DatasetFileRow
            {
                DatasetId = datasetId,
                FileId = fileId,
                Type = type.Value,
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                State = DatasetFileState.Attached.Value,
            }),
            cancellationToken);
    }

    /// <exception cref="ApiException">404: the caller has no such dataset or file.</exception>
    public Task<IdResponse> DetachAsync(
        string dataset, string file, DatasetFileDetachRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken) =>
        ChangeAsync(
            dataset, file, caller, call,
            async (db, datasetId, fileId) =>
            {
                await db.DetachFileAsync(datasetId, fileId);
                if (request.DeleteRecords is true)
                    await DeleteRecordsAsync(db, datasetId, fileId);
            },
            cancellationToken);

    /// <summary>Deletes the records of a file: some at once, and the rest by due work, between whose pieces other writes can run.</summary>
    private async ValueTask DeleteRecordsAsync(ISqlTransaction db, string datasetId, string fileId)
    {
        if (await db.FindRecordChangesAsync(datasetId) is not { } numbers)
            return;
        var (now, removal) = (time.GetUtcNow(), new FileRecords(datasetId, fileId, numbers.Last));
        if (await removal.DeleteSomeAsync(db, now) == FileRecords.BatchSize)
            await db.EnsureDueWorkAsync(DueWorkRow.New(FileRecordRemovalWork.RemovalKind, removal.ToKey(), now, now));
    }

    private async Task<IdResponse> ChangeAsync(
        string dataset, string file, Caller caller, IdempotentCall call, Func<ISqlTransaction, string, string, ValueTask> change,
        CancellationToken cancellationToken)
    {
        try
        {
            var (response, refusal) = await store.ChangeAsync<(IdResponse?, ApiException?)>(
                async db =>
                {
                    if (await db.FindOwnAsync(DatasetKind.Name, dataset, caller.AccountId) is not { } owner)
                        return (null, RecordReading.NoDataset());
                    if (await db.FindOwnAsync(FileKind.Name, file, caller.AccountId) is not { } found)
                        return (null, ApiException.NotFound("File"));
                    await change(db, owner.Id, found.Id);
                    var response = new IdResponse { Id = found.Id };
                    await db.RememberAsync(call.Answered(response));
                    return (response, null);
                },
                cancellationToken);
            return response ?? throw refusal!;
        }
        catch (MissingParentException)
        {
            throw ApiException.NotFound("File");
        }
    }
}
