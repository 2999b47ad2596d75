using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Features.Files;

/// <summary>Reads the texts of files for backstories. It does not extract the text of other formats, such as PDF.</summary>
internal sealed partial class FileTexts(IStore store, IBlobStore blobs, ILogger<FileTexts> logger) : IFileTexts
{
    /// <summary>The maximum number of bytes of a file that a backstory gets.</summary>
    public const int MaxBytes = 64 * 1024;

    public async Task<string?> ReadAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.QueryAsync(db => db.FindContentAsync(fileId, ContentRow.OfFile), cancellationToken) is not { BlobId: { } blobId } row)
                return null;
            await using var bytes = await blobs.OpenAsync(blobId, cancellationToken);
            if (bytes is null)
                return null;
            var known = new AttachmentContent(row.Name ?? "", row.ContentType, Math.Min(row.Size, MaxBytes));
            return (await FileReading.ReadAsync(bytes, known, MaxBytes, cancellationToken)).Text;
        }
        // The run continues without the text, and the placeholder remains.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnreadable(exception, fileId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The file {FileId} can't be read for a backstory")]
    private partial void LogUnreadable(Exception exception, string fileId);
}
