using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Features.Files;

/// <summary>
/// Reads the texts of files for backstories: of a text file directly, and of a document such as PDF as for a conversation that has it
/// attached.
/// </summary>
internal sealed partial class FileTexts(IStore store, IBlobStore blobs, StoredFileReader files, ILogger<FileTexts> logger) : IFileTexts
{
    /// <summary>The maximum number of bytes of a text that a backstory gets.</summary>
    public const int MaxBytes = 64 * 1024;

    public async Task<string?> ReadAsync(string fileId, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.QueryAsync(db => db.FindContentAsync(fileId, ContentRow.OfFile), cancellationToken) is not { BlobId: { } blobId } row)
                return null;
            var known = new AttachmentContent(row.Name ?? "", row.ContentType, row.Size);
            var content = await ReadTextAsync(blobId, known, cancellationToken);
            return content is null || content.Text is not null || content.Picture is not null
                ? content?.Text
                : await ReadDocumentAsync(new StoredFile(blobId, known) { ContentId = row.Id }, cancellationToken);
        }
        // The run continues without the text, and the placeholder remains.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnreadable(exception, fileId);
            return null;
        }
    }

    private async Task<AttachmentContent?> ReadTextAsync(string blobId, AttachmentContent known, CancellationToken cancellationToken)
    {
        await using var bytes = await blobs.OpenAsync(blobId, cancellationToken);
        return bytes is null
            ? null
            : await FileReading.ReadAsync(bytes, known with { Size = Math.Min(known.Size, MaxBytes) }, MaxBytes, cancellationToken);
    }

    private async Task<string?> ReadDocumentAsync(StoredFile file, CancellationToken cancellationToken)
    {
        using var turn = files.StartTurn();
        var content = await files.ReadAsync(file, turn.Token, cancellationToken);
        return content.Text?[..PromptRoom.LengthWithin(content.Text, MaxBytes)];
    }

    [LoggerMessage(LogLevel.Warning, "The file {FileId} can't be read for a backstory")]
    private partial void LogUnreadable(Exception exception, string fileId);
}
