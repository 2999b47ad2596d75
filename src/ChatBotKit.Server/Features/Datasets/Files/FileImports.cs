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
        var (fileId, content, attached) = await store.QueryAsync(
            async db =>
            {
                var row = await FindAsync(db, dataset, file, caller);
                return (row.FileId, await db.FindContentAsync(row.FileId, ContentRow.OfFile), new List<DatasetFileRow> { row });
            },
            cancellationToken);
        return await StartAsync(fileId, content, attached, call, cancellationToken);
    }

    /// <summary>Starts the import of a file into all datasets to which it is attached.</summary>
    /// <exception cref="ApiException">400: the file has no content; 404: the caller has no such file.</exception>
    public async Task<IdResponse> StartAllAsync(string file, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var (fileId, content, attached) = await store.QueryAsync(
            async db =>
            {
                var found = await db.FindOwnAsync(FileKind.Name, file, caller.AccountId) ?? throw ApiException.NotFound("File");
                return (found.Id, await db.FindContentAsync(found.Id, ContentRow.OfFile), await db.ListAttachmentsOfAsync(found.Id));
            },
            cancellationToken);
        return await StartAsync(fileId, content, attached, call, cancellationToken);
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

    private static async ValueTask<DatasetFileRow> FindAsync(ISqlSession db, string dataset, string file, Caller caller)
    {
        var owner = await db.FindOwnAsync(DatasetKind.Name, dataset, caller.AccountId) ?? throw RecordReading.NoDataset();
        var found = await db.FindOwnAsync(FileKind.Name, file, caller.AccountId) ?? throw ApiException.NotFound("File");
        return await db.FindAttachedFileAsync(owner.Id, found.Id) ?? throw ApiException.NotFound("File of the dataset");
    }

    private async Task<IdResponse> StartAsync(
        string fileId, ContentRow? content, List<DatasetFileRow> attached, IdempotentCall call, CancellationToken cancellationToken)
    {
        if (content is null)
            throw ApiException.BadRequest("The file has no content yet");
        var (now, response) = (time.GetUtcNow(), new IdResponse { Id = fileId });
        return await store.ChangeAsync(
            async db =>
            {
                foreach (var datasetId in attached.Select(row => row.DatasetId))
                {
                    // The content is part of the key, so that a new content is imported even while the old one is being read.
                    if (await db.FindAttachedFileAsync(datasetId, fileId) is { } row
                        && await db.EnsureDueWorkAsync(DueWorkRow.New(FileImportWork.ImportKind, $"{datasetId}.{fileId}.{content.Id}", now, now)))
                        await db.UpdateAttachedFileAsync(row with { State = DatasetFileState.Waiting.Value, Error = null });
                }

                await db.RememberAsync(call.Answered(response));
                return response;
            },
            cancellationToken);
    }
}
