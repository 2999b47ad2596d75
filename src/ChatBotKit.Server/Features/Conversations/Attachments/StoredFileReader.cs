using System.Collections.Concurrent;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Caching.Memory;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>A file whose bytes are stored.</summary>
/// <param name="BlobId">The blob with the bytes, which never change.</param>
/// <param name="Known">The known properties of the file.</param>
internal sealed record StoredFile(string BlobId, AttachmentContent Known)
{
    /// <summary>The attachment to which the file belongs; null for another file.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>The content of a resource to which the file belongs; null for another file.</summary>
    public string? ContentId { get; init; }
}

/// <summary>
/// Reads stored files for prompts. What was read is cached for later turns, up to a number of bytes for the whole server. The text of a
/// document is stored too, so that no document is read twice, not even after a restart.
/// </summary>
internal sealed partial class StoredFileReader(
    IStore store, IBlobStore blobs, AttachmentContents contents, AttachmentOptions options, TimeProvider time, ILogger<StoredFileReader> logger)
    : IDisposable
{
    private const long CachedBytes = 64 * 1024 * 1024;
    private const int Overhead = 500;
    private const string StillBeingRead = "It is still being read.";

    /// <summary>How long a text or picture is cached after its last use. Reading it again is fast.</summary>
    private static readonly TimeSpan CachedFor = TimeSpan.FromMinutes(10);

    /// <summary>How long it is cached that a document has no text. That is not stored, because a later version may read it.</summary>
    private static readonly TimeSpan RefusalCachedFor = TimeSpan.FromDays(1);

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = CachedBytes });
    private readonly ConcurrentDictionary<string, Lazy<Task<AttachmentContent>>> _reading = new(StringComparer.Ordinal);

    /// <summary>Starts the time that a turn waits for all of its documents together.</summary>
    public CancellationTokenSource StartTurn() => new(options.TurnTime, time);

    /// <summary>Reads a file. When the time of the turn is used up, the reading goes on for the next turn.</summary>
    /// <param name="file">The file.</param>
    /// <param name="turn">The time that the turn waits.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    public async Task<AttachmentContent> ReadAsync(StoredFile file, CancellationToken turn, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(file.BlobId, out AttachmentContent? cached))
            return cached!;
        var reading = _reading.GetOrAdd(file.BlobId, _ => new Lazy<Task<AttachmentContent>>(() => Task.Run(() => ReadAsync(file), CancellationToken.None)));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn, cancellationToken);
        try
        {
            return await reading.Value.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return file.Known with { Refusal = StillBeingRead };
        }
    }

    public void Dispose() => _read.Dispose();

    private async Task<AttachmentContent> ReadAsync(StoredFile file)
    {
        try
        {
            if (await FindTextAsync(file) is { } stored)
                return Keep(file.BlobId, stored);
            var content = await contents.ReadAsync(
                async token => await blobs.OpenAsync(file.BlobId, token) ?? throw new FileNotFoundException("The file does not exist."),
                file.Known, CancellationToken.None);
            if (content is { IsDocument: true, Text: { } text })
                await StoreTextAsync(file, text, content.IsCut);
            // A file that found no place in the queue is tried again in the next turn.
            return content.Refusal is null || content.IsDocument ? Keep(file.BlobId, content) : content;
        }
        // The run continues without the file; the prompt says that it can't be read.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnreadable(exception, file.BlobId);
            return file.Known;
        }
        finally
        {
            _reading.TryRemove(file.BlobId, out _);
        }
    }

    /// <summary>Returns the document with its stored text; null when the text was not read yet, or is shorter than it may be now.</summary>
    private async Task<AttachmentContent?> FindTextAsync(StoredFile file)
    {
        var row = await store.QueryAsync(db => db.FindDocumentTextAsync(file.BlobId), CancellationToken.None);
        return row is null || (row.IsCut && row.MaxBytes < contents.MaxDocumentBytes)
            ? null
            : file.Known with { IsDocument = true, Text = row.Text, IsCut = row.IsCut };
    }

    private async Task StoreTextAsync(StoredFile file, string text, bool isCut)
    {
        var row = new DocumentTextRow
        {
            BlobId = file.BlobId,
            AttachmentId = file.AttachmentId,
            ContentId = file.ContentId,
            MaxBytes = contents.MaxDocumentBytes,
            IsCut = isCut,
            Text = StorableText.Of(text),
        };
        try
        {
            await store.ChangeAsync(
                async db =>
                {
                    await db.PutDocumentTextAsync(row);
                    return true;
                },
                CancellationToken.None);
        }
        catch (MissingParentException)
        {
            // The file was deleted while it was read.
        }
        catch (StoreUnavailableException exception)
        {
            LogNotStored(exception, file.BlobId);
        }
    }

    private AttachmentContent Keep(string blobId, AttachmentContent content)
    {
        using var entry = _read.CreateEntry(blobId);
        entry.Value = content;
        entry.Size = Overhead + (content.Text?.Length * sizeof(char) ?? 0) + (content.Picture?.Bytes.Length ?? 0);
        entry.SlidingExpiration = content.Refusal is null ? CachedFor : RefusalCachedFor;
        return content;
    }

    [LoggerMessage(LogLevel.Warning, "The file in the blob {BlobId} can't be read for a prompt")]
    private partial void LogUnreadable(Exception exception, string blobId);

    [LoggerMessage(LogLevel.Warning, "The text of the document in the blob {BlobId} can't be stored; it is read again later")]
    private partial void LogNotStored(Exception exception, string blobId);
}
