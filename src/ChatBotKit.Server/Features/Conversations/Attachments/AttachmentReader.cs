using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Caching.Memory;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Reads attachments for prompts. The most recent ones are cached for later turns, up to a number of bytes for the whole server.
/// The bytes of an attachment never change.
/// </summary>
internal sealed partial class AttachmentReader(
    IStore store, IBlobStore blobs, AttachmentOptions options, ILogger<AttachmentReader> logger) : IAttachmentReader, IDisposable
{
    private const long CachedBytes = 64 * 1024 * 1024;
    private const int Overhead = 500;

    private static readonly TimeSpan CachedFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = CachedBytes });

    public async Task<IReadOnlyDictionary<string, AttachmentContent>> ReadAsync(
        string conversationId, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var rows = (await store.QueryAsync(db => db.ListStoredAsync(conversationId, names), cancellationToken))
            .ToDictionary(row => row.Name, StringComparer.Ordinal);
        var room = new PromptRoom(options);
        var contents = new Dictionary<string, AttachmentContent>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (rows.TryGetValue(name, out var row))
                contents[name] = room.Fit(await ReadAsync(row, cancellationToken));
        }

        return contents;
    }

    public void Dispose() => _read.Dispose();

    private async Task<AttachmentContent> ReadAsync(AttachmentRow row, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(row.Id, out AttachmentContent? cached))
            return cached!;
        var known = new AttachmentContent(row.OriginalName ?? row.Name, row.ContentType, row.Size);
        try
        {
            await using var file = await blobs.OpenAsync(row.BlobId!, cancellationToken)
                ?? throw new FileNotFoundException("The file does not exist.");
            var content = await FileReading.ReadAsync(file, known, options.PromptTextBytes, cancellationToken);
            using var entry = _read.CreateEntry(row.Id);
            entry.Value = content;
            entry.Size = Overhead + (content.Text?.Length * sizeof(char) ?? 0) + (content.Picture?.Bytes.Length ?? 0);
            entry.SlidingExpiration = CachedFor;
            return content;
        }
        // The run continues without the file; the prompt says that it can't be read.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnreadable(e, row.Id);
            return known;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The file of attachment {AttachmentId} can't be read for a prompt")]
    private partial void LogUnreadable(Exception exception, string attachmentId);
}
