using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Reads attachments for prompts.</summary>
internal sealed class AttachmentReader(IStore store, StoredFileReader files, AttachmentOptions options) : IAttachmentReader
{
    public async Task<IReadOnlyDictionary<string, AttachmentContent>> ReadAsync(
        string conversationId, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var rows = (await store.QueryAsync(db => db.ListStoredAsync(conversationId, names), cancellationToken))
            .ToDictionary(row => row.Name, StringComparer.Ordinal);
        using var turn = files.StartTurn();
        var room = new PromptRoom(options);
        var found = new Dictionary<string, AttachmentContent>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (rows.TryGetValue(name, out var row))
                found[name] = room.Fit(await files.ReadAsync(FileOf(row), turn.Token, cancellationToken));
        }

        return found;
    }

    private static StoredFile FileOf(AttachmentRow row) =>
        new(row.BlobId!, new AttachmentContent(row.OriginalName ?? row.Name, row.ContentType, row.Size)) { AttachmentId = row.Id };
}
