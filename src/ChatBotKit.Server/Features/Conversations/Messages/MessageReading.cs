using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>
/// Reads messages as the caller may see them: the bot's instructions only for the owner, and the data of tools only with the
/// permission for it.
/// </summary>
internal sealed class MessageReading(IStore store, ConversationAccess conversations)
{
    /// <exception cref="ApiException">404: the caller has no such conversation.</exception>
    public async Task<ListPiece<MessageRow>> ListAsync(
        string conversationId, ListPage page, Caller caller, CancellationToken cancellationToken)
    {
        if (!await conversations.IsOwnAsync(conversationId, caller, cancellationToken))
            throw ConversationAccess.NotFound();
        var piece = await ReadAsync(conversationId, page, cancellationToken);
        if (piece.Items.Count == 0)
            await conversations.GetAsync(conversationId, caller, cancellationToken);
        if (caller.IsTrusted)
            return piece;
        while (true)
        {
            List<MessageRow> visible = [.. piece.Items.Where(row => IsVisible(row, caller))];
            foreach (var row in visible)
                HideTools(row, caller);
            // A piece without visible messages is skipped, because only the end of the list may be an empty piece.
            if (visible.Count > 0 || !piece.MayGoOn)
                return new ListPiece<MessageRow>(visible, piece.MayGoOn);
            piece = await ReadAsync(conversationId, page with { Cursor = piece.Items[^1].Id }, cancellationToken);
        }
    }

    /// <exception cref="ApiException">404: the caller has no such conversation, or may not see such a message in it.</exception>
    public async Task<MessageRow> GetAsync(
        string conversationId, string messageId, Caller caller, CancellationToken cancellationToken)
    {
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        var row = await store.FindMessageAsync(conversationId, messageId, cancellationToken);
        if (row is null || !IsVisible(row, caller))
            throw NotFound();
        HideTools(row, caller);
        return row;
    }

    public static ApiException NotFound() => ApiException.NotFound("Message");

    private async Task<ListPiece<MessageRow>> ReadAsync(string conversationId, ListPage page, CancellationToken cancellationToken)
    {
        var rows = await store.ListMessagesAsync(
            conversationId, page.Cursor, page.Descending, page.Take, ListPage.PieceCharacters, cancellationToken);
        return new ListPiece<MessageRow>(
            rows, rows.Count == page.Take || rows.Sum(row => (long)row.Characters) >= ListPage.PieceCharacters);
    }

    /// <summary>Hides the calls and results of tools, and the ids of sources, from callers without the permission.</summary>
    private static void HideTools(MessageRow row, Caller caller)
    {
        if (caller.Session is not { } session || session.Permissions.HasFlag(SessionPermissions.ToolsRead))
            return;
        if (row.Type == TranscriptMessage.ActivityType)
            (row.Text, row.Meta) = ("", ToolData.Emptied(row.Meta));
        else if (row.Type == TranscriptMessage.Bot)
            row.Meta = SourceIds.Removed(row.Meta);
    }

    private static bool IsVisible(MessageRow row, Caller caller) => caller.IsTrusted || TranscriptMessage.IsForEndUsers(row.Type);
}
