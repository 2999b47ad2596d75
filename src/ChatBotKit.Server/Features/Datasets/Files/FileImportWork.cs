using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>
/// Imports a file into a dataset: reads its text, divides it into chunks, stores a record for each, and deletes the records of chunks that
/// no longer exist. The ids follow from the file and the place of the chunk, so the work can be killed at any moment and done again.
/// </summary>
internal sealed class FileImportWork(
    IStore store, IBlobStore blobs, IFileReader files, DatasetSearch datasets, TimeProvider time, ILogger<FileImportWork> logger) : IDueWorkHandler
{
    public const string ImportKind = "file-import";

    /// <summary>How many records one transaction stores, between which other writes can run.</summary>
    private const int BatchSize = 50;

    private const int IdsAtOnce = 1000;

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
        if (await BeginAsync(item.Key, cancellationToken) is not { } import)
            return DueWorkResult.Done;
        try
        {
            var (chunks, refusal) = await ReadAsync(import, cancellationToken);
            if (refusal is not null)
                return EndOf(import, row => row with { State = DatasetFileState.Failed.Value, Error = refusal.Message });
            if (!await StoreAsync(import, chunks, cancellationToken))
                return DueWorkResult.Done;
            await DeleteOthersAsync(import, chunks.Count, cancellationToken);
            return EndOf(import, row => row with
            {
                State = DatasetFileState.Imported.Value,
                Error = null,
                Records = chunks.Count,
                ImportedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        }
        catch (Exception exception) when (item.Attempt >= Attempts && exception is not OperationCanceledException)
        {
            // The owner must see it, and a new import must be possible. A dead letter would allow neither.
            logger.LogError(exception, "A file could not be imported into a dataset");
            return EndOf(import, row => row with { State = DatasetFileState.Failed.Value, Error = "The import failed; start it again later" });
        }
    }

    /// <summary>Returns what to import; null when the file was detached, deleted, or has another content now.</summary>
    private Task<FileImport?> BeginAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Split('.') is not [var datasetId, var fileId, var contentId])
            throw new ArgumentException($"'{key}' is no key of an import.", nameof(key));
        return store.ChangeAsync(
            async db =>
            {
                if (await db.FindAttachedFileAsync(datasetId, fileId) is not { } attached
                    || await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, datasetId, DatasetKind.Name) is not { } dataset
                    || await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, fileId, Features.Files.FileKind.Name) is not { } file
                    || await db.FindContentByIdAsync(fileId, contentId) is not { BlobId: not null } content)
                    return null;
                await db.UpdateAttachedFileAsync(attached with { State = DatasetFileState.Importing.Value });
                return new FileImport(attached, datasets.SettingsOf(dataset), content, FileImport.NameOf(file, content));
            },
            cancellationToken);
    }

    /// <returns>The chunks alone, because they and the text of the document together take twice the memory.</returns>
    /// <exception cref="IOException">The file can't be read now.</exception>
    private async Task<(IReadOnlyList<TextChunk> Chunks, FileRefusal? Refusal)> ReadAsync(FileImport import, CancellationToken cancellationToken)
    {
        await using var bytes = await blobs.OpenAsync(import.Content.BlobId!, cancellationToken)
            ?? throw new IOException("The content of the file is missing");
        var text = await files.ReadAsync(bytes, import.Content.ContentType, import.Name, cancellationToken);
        return text.Refusal is { Code: FileRefusalCodes.Busy } busy
            ? throw new IOException(busy.Message)
            : (import.ChunksOf(text.Blocks), text.Refusal);
    }

    /// <returns>Whether all records are stored; otherwise the file was detached or the dataset deleted.</returns>
    private async Task<bool> StoreAsync(FileImport import, IReadOnlyList<TextChunk> chunks, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var batch in chunks.Index().Chunk(BatchSize))
        {
            var isStored = await store.ChangeAsync(
                async db =>
                {
                    if (await db.FindAttachedFileAsync(import.DatasetId, import.FileId) is null)
                        return false;
                    foreach (var (index, chunk) in batch)
                        await db.PutRecordAsync(import.RecordOf(index, chunk, now));
                    return true;
                },
                cancellationToken);
            if (!isStored)
                return false;
        }

        return true;
    }

    /// <summary>Deletes the records of an earlier import whose chunks no longer exist.</summary>
    private async Task DeleteOthersAsync(FileImport import, int chunks, CancellationToken cancellationToken)
    {
        var kept = Enumerable.Range(0, chunks).Select(import.IdOf).ToHashSet(StringComparer.Ordinal);
        for (var after = ""; ;)
        {
            var from = after;
            var ids = await store.QueryAsync(
                db => db.ListRecordIdsOfSourceAsync(import.DatasetId, import.Source, from, IdsAtOnce), cancellationToken);
            foreach (var batch in ids.Where(id => import.Owns(id) && !kept.Contains(id)).Chunk(BatchSize))
                await DeleteAsync(import.DatasetId, batch, cancellationToken);
            if (ids.Count < IdsAtOnce)
                return;
            after = ids[^1];
        }
    }

    private Task<bool> DeleteAsync(string datasetId, string[] ids, CancellationToken cancellationToken) => store.ChangeAsync(
        async db =>
        {
            foreach (var id in ids)
            {
                if (await db.FindRecordAsync(datasetId, id) is { } record)
                    await db.DeleteRecordAsync(record, time.GetUtcNow());
            }

            return true;
        },
        cancellationToken);

    private static DueWorkResult EndOf(FileImport import, Func<DatasetFileRow, DatasetFileRow> change) => DueWorkResult.With(async db =>
    {
        if (await db.FindAttachedFileAsync(import.DatasetId, import.FileId) is { } attached)
            await db.UpdateAttachedFileAsync(change(attached));
    });
}
