using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>
/// Imports a file into a dataset: reads its text, divides it into chunks, and stages a record for each. When all are staged, they take the
/// place of the file's earlier records in the transaction that ends the work. Until then a reader sees the earlier ones, so the work can
/// be killed at any moment and done again.
/// </summary>
internal sealed class FileImportWork(IStore store, IBlobStore blobs, IFileReader files, DatasetSearch datasets, TimeProvider time)
    : IDueWorkHandler
{
    public const string ImportKind = "file-import";

    /// <summary>The maximum number of records of a file. They become visible in one transaction, which other writes wait for.</summary>
    public const int MaxRecords = 100_000;

    /// <summary>How many records one transaction stages, between which other writes can run.</summary>
    private const int BatchSize = 50;

    public string Kind => ImportKind;

    public int AtOnce => 1;

    public int Attempts => 5;

    public TimeSpan Limit => TimeSpan.FromMinutes(15);

    /// <summary>
    /// Returns the key of the work. The content is part of it, so that a new content is imported even while the old one is being read.
    /// </summary>
    public static string KeyOf(string datasetId, string fileId, string contentId) => $"{datasetId}.{fileId}.{contentId}";

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var (datasetId, fileId, contentId) = Parse(item.Key);
        if (await BeginAsync(datasetId, fileId, contentId, cancellationToken) is not { } import)
            return DueWorkResult.Done;
        await DeleteLeftoversAsync(import, cancellationToken);
        var (chunks, refusal) = await ReadAsync(import, cancellationToken);
        if (refusal is not null)
            return FailureOf(datasetId, fileId, refusal);
        return await StageAsync(import, chunks, cancellationToken) ? Publish(import, chunks.Count) : DueWorkResult.Done;
    }

    /// <summary>The owner must see it, and a new import must be possible. A dead letter would allow neither.</summary>
    public DueWorkResult GiveUp(DueWorkItem item)
    {
        var (datasetId, fileId, _) = Parse(item.Key);
        return FailureOf(datasetId, fileId, "The import failed; start it again later");
    }

    private static (string DatasetId, string FileId, string ContentId) Parse(string key) => key.Split('.') is [var dataset, var file, var content]
        ? (dataset, file, content)
        : throw new ArgumentException($"'{key}' is no key of an import.", nameof(key));

    /// <summary>Returns what to import; null when the file was detached, deleted, or has another content now.</summary>
    private Task<FileImport?> BeginAsync(string datasetId, string fileId, string contentId, CancellationToken cancellationToken) => store.ChangeAsync(
        async db =>
        {
            if (await db.FindAttachedFileAsync(datasetId, fileId) is not { } attached
                || await FindDatasetAsync(db, datasetId) is not { } dataset
                || await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, fileId, Features.Files.FileKind.Name) is not { } file
                || await db.FindContentByIdAsync(fileId, contentId) is not { BlobId: not null } content)
                return null;
            // A further attempt after a failure is no new import.
            if (attached.State != DatasetFileState.Importing.Value)
                await LogAsync(db, EventTypes.ImportStart, dataset, fileId);
            await db.UpdateAttachedFileAsync(attached with { State = DatasetFileState.Importing.Value });
            return new FileImport(attached, datasets.SettingsOf(dataset), content, FileImport.NameOf(file, content));
        },
        cancellationToken);

    /// <summary>Deletes what attempts that were killed have staged.</summary>
    private async Task DeleteLeftoversAsync(FileImport import, CancellationToken cancellationToken)
    {
        foreach (var left in await store.QueryAsync(db => db.ListStagedImportsAsync(import.DatasetId, import.FileId), cancellationToken))
            await StagedRecordRemovalWork.DeleteAsync(store, left, cancellationToken);
    }

    /// <returns>The chunks alone, because they and the text of the document together take twice the memory.</returns>
    /// <exception cref="IOException">The file can't be read now.</exception>
    private async Task<(IReadOnlyList<TextChunk> Chunks, string? Refusal)> ReadAsync(FileImport import, CancellationToken cancellationToken)
    {
        await using var bytes = await blobs.OpenAsync(import.Content.BlobId!, cancellationToken)
            ?? throw new IOException("The content of the file is missing");
        var text = await files.ReadAsync(bytes, import.Content.ContentType, import.Name, cancellationToken);
        if (text.Refusal is { } refusal)
            return refusal.Code == FileRefusalCodes.Busy ? throw new IOException(refusal.Message) : ([], refusal.Message);
        var chunks = import.ChunksOf(text.Blocks);
        return (chunks, chunks.Count > MaxRecords ? $"The file has more than {MaxRecords} records; set a larger \"recordMaxTokens\"" : null);
    }

    /// <returns>Whether all records are staged; otherwise the file was detached or the dataset deleted.</returns>
    private async Task<bool> StageAsync(FileImport import, IReadOnlyList<TextChunk> chunks, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in chunks.Index().Chunk(BatchSize))
            {
                await store.ChangeAsync(
                    async db =>
                    {
                        foreach (var (index, chunk) in batch)
                            await db.StageRecordAsync(import.RecordOf(index, chunk));
                        return true;
                    },
                    cancellationToken);
            }

            return true;
        }
        catch (MissingParentException)
        {
            return false;
        }
    }

    private DueWorkResult Publish(FileImport import, int records) => DueWorkResult.With(async db =>
    {
        if (await db.FindAttachedFileAsync(import.DatasetId, import.FileId) is not { } attached)
            return;
        var now = time.GetUtcNow();
        await db.PublishStagedRecordsAsync(import.Staged, import.Source, now);
        await db.UpdateAttachedFileAsync(attached with
        {
            State = DatasetFileState.Imported.Value,
            Error = null,
            Records = records,
            ImportedAt = now.ToUnixTimeMilliseconds(),
        });
        if (await FindDatasetAsync(db, import.DatasetId) is { } dataset)
            await LogAsync(db, EventTypes.ImportFinish, dataset, import.FileId);
        await RemoveStagedAsync(db, import.DatasetId, import.FileId, now);
    });

    private DueWorkResult FailureOf(string datasetId, string fileId, string error) => DueWorkResult.With(async db =>
    {
        if (await db.FindAttachedFileAsync(datasetId, fileId) is not { } attached)
            return;
        await db.UpdateAttachedFileAsync(attached with { State = DatasetFileState.Failed.Value, Error = error });
        if (await FindDatasetAsync(db, datasetId) is { } dataset)
            await LogAsync(db, EventTypes.ImportFinish, dataset, fileId, """{"failed":true}""");
        await RemoveStagedAsync(db, datasetId, fileId, time.GetUtcNow());
    });

    private static ValueTask<ResourceRow?> FindDatasetAsync(ISqlSession db, string datasetId) =>
        db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, datasetId, DatasetKind.Name);

    private ValueTask LogAsync(ISqlTransaction db, string type, ResourceRow dataset, string fileId, string? meta = null) =>
        db.LogAsync(EventEntry.About(
            dataset.AccountId, type, time.GetUtcNow().ToUnixTimeMilliseconds(),
            [new EventLink(EventFields.Dataset, dataset.Id), new EventLink(EventFields.File, fileId)], meta));

    private static async ValueTask RemoveStagedAsync(ISqlTransaction db, string datasetId, string fileId, DateTimeOffset now)
    {
        foreach (var left in await db.ListStagedImportsAsync(datasetId, fileId))
            await db.EnsureDueWorkAsync(DueWorkRow.New(StagedRecordRemovalWork.RemovalKind, left.ToKey(), now, now));
    }
}
