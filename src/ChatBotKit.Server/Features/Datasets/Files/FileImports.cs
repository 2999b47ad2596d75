using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>Starts imports of files into datasets, and tells how far they are.</summary>
internal sealed class FileImports(IStore store, TimeProvider time)
{
    /// <summary>Starts the import of a file into a dataset to which it is attached.</summary>
    /// <exception cref="ApiException">400: the file has no content; 404: the file is not attached to such a dataset of the caller.</exception>
    public async Task<IdResponse> StartAsync(
        string dataset, string file, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var attached = await store.QueryAsync(db => FindAsync(db, dataset, file, caller), cancellationToken);
        return await StartAsync(attached.FileId, attached.DatasetId, call, cancellationToken);
    }

    /// <summary>Starts the import of a file into all datasets to which it is attached.</summary>
    /// <exception cref="ApiException">400: the file has no content; 404: the caller has no such file.</exception>
    public async Task<IdResponse> StartAllAsync(string file, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(db => db.FindOwnAsync(FileKind.Name, file, caller.AccountId), cancellationToken)
            ?? throw ApiException.NotFound("File");
        return await StartAsync(found.Id, datasetId: null, call, cancellationToken);
    }

    /// <exception cref="ApiException">404: the file is not attached to such a dataset of the caller.</exception>
    public async Task<DatasetFileItem> GetAsync(string dataset, string file, Caller caller, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(db => FindAsync(db, dataset, file, caller), cancellationToken);
        return new DatasetFileItem
        {
            Id = row.FileId,
            Type = new DatasetFileType(row.Type),
            State = new DatasetFileState(row.State),
            Error = row.Error,
            Records = row.Records,
            ImportedAt = row.ImportedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        };
    }

    /// <summary>Starts the imports of a file into one dataset, or into all to which it is attached, within a transaction.</summary>
    /// <returns>False when the file has no content yet.</returns>
    public static async ValueTask<bool> StartAsync(ISqlTransaction db, string fileId, string? datasetId, DateTimeOffset now)
    {
        if (await db.FindContentAsync(fileId, ContentRow.OfFile) is not { } content)
            return false;
        foreach (var row in (await db.ListAttachmentsOfAsync(fileId)).Where(row => datasetId is null || row.DatasetId == datasetId))
        {
            var work = DueWorkRow.New(FileImportWork.ImportKind, FileImportWork.KeyOf(row.DatasetId, fileId, content.Id), now, now);
            if (await db.EnsureDueWorkAsync(work))
                await db.UpdateAttachedFileAsync(row with { State = DatasetFileState.Waiting.Value, Error = null });
        }

        return true;
    }

    private static async ValueTask<DatasetFileRow> FindAsync(ISqlSession db, string dataset, string file, Caller caller)
    {
        var owner = await db.FindOwnAsync(DatasetKind.Name, dataset, caller.AccountId) ?? throw RecordReading.NoDataset();
        var found = await db.FindOwnAsync(FileKind.Name, file, caller.AccountId) ?? throw ApiException.NotFound("File");
        return await db.FindAttachedFileAsync(owner.Id, found.Id) ?? throw ApiException.NotFound("File of the dataset");
    }

    /// <summary>Starts the imports of a file into one dataset; into all to which it is attached when the id is null.</summary>
    private async Task<IdResponse> StartAsync(
        string fileId, string? datasetId, IdempotentCall call, CancellationToken cancellationToken)
    {
        var (now, response) = (time.GetUtcNow(), new IdResponse { Id = fileId });
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (!await StartAsync(db, fileId, datasetId, now))
                    return ApiException.BadRequest("The file has no content yet");
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return refusal is null ? response : throw refusal;
    }
}
