using System.Collections.Concurrent;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Caching.Memory;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Reads attachments for prompts. They are cached for later turns, up to a number of bytes for the whole server, so that a document is not
/// read again in each turn. The bytes of an attachment never change.
/// </summary>
internal sealed partial class AttachmentReader(
    IStore store, IBlobStore blobs, AttachmentContents contents, AttachmentOptions options, TimeProvider time, ILogger<AttachmentReader> logger)
    : IAttachmentReader, IDisposable
{
    private const long CachedBytes = 64 * 1024 * 1024;
    private const int Overhead = 500;
    private const string StillBeingRead = "It is still being read.";

    /// <summary>How long a text or picture is cached after its last use. It is read again in no time.</summary>
    private static readonly TimeSpan CachedFor = TimeSpan.FromMinutes(10);

    /// <summary>How long the text of a document is cached after its last use, and also that it has none.</summary>
    private static readonly TimeSpan DocumentCachedFor = TimeSpan.FromDays(1);

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = CachedBytes });
    private readonly ConcurrentDictionary<string, Lazy<Task<AttachmentContent>>> _reading = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, AttachmentContent>> ReadAsync(
        string conversationId, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var rows = (await store.QueryAsync(db => db.ListStoredAsync(conversationId, names), cancellationToken))
            .ToDictionary(row => row.Name, StringComparer.Ordinal);
        using var limit = new CancellationTokenSource(options.TurnTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var room = new PromptRoom(options);
        var found = new Dictionary<string, AttachmentContent>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (rows.TryGetValue(name, out var row))
                found[name] = room.Fit(await WaitAsync(row, either.Token, cancellationToken));
        }

        return found;
    }

    public void Dispose() => _read.Dispose();

    /// <summary>Waits until a file is read. When the time of the turn is used up, the reading goes on for the next turn.</summary>
    private async Task<AttachmentContent> WaitAsync(AttachmentRow row, CancellationToken limit, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(row.Id, out AttachmentContent? cached))
            return cached!;
        var reading = _reading.GetOrAdd(row.Id, _ => new Lazy<Task<AttachmentContent>>(() => Task.Run(() => ReadAsync(row), CancellationToken.None)));
        try
        {
            return await reading.Value.WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return KnownOf(row) with { Refusal = StillBeingRead };
        }
    }

    private async Task<AttachmentContent> ReadAsync(AttachmentRow row)
    {
        try
        {
            var content = await contents.ReadAsync(
                async token => await blobs.OpenAsync(row.BlobId!, token) ?? throw new FileNotFoundException("The file does not exist."),
                KnownOf(row), CancellationToken.None);
            // A file that found no place in the queue is tried again in the next turn.
            if (content.Refusal is null || content.IsDocument)
                Keep(row.Id, content);
            return content;
        }
        // The run continues without the file; the prompt says that it can't be read.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogUnreadable(e, row.Id);
            return KnownOf(row);
        }
        finally
        {
            _reading.TryRemove(row.Id, out _);
        }
    }

    private void Keep(string id, AttachmentContent content)
    {
        using var entry = _read.CreateEntry(id);
        entry.Value = content;
        entry.Size = Overhead + (content.Text?.Length * sizeof(char) ?? 0) + (content.Picture?.Bytes.Length ?? 0);
        entry.SlidingExpiration = content.IsDocument ? DocumentCachedFor : CachedFor;
    }

    private static AttachmentContent KnownOf(AttachmentRow row) => new(row.OriginalName ?? row.Name, row.ContentType, row.Size);

    [LoggerMessage(LogLevel.Warning, "The file of attachment {AttachmentId} can't be read for a prompt")]
    private partial void LogUnreadable(Exception exception, string attachmentId);
}
