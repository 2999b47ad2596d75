using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Log;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Messages;

/// <summary>
/// Messages as their caller may see them: the orders that the bot was given are for its owner only, and what its tools do is
/// for those who were allowed to see it.
/// </summary>
internal sealed class MessageReading(IStore store, ConversationAccess conversations)
{
    /// <exception cref="ApiException">404: the caller has no such conversation.</exception>
    public async Task<ListPiece<MessageEntity>> ListAsync(
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
            List<MessageEntity> visible = [.. piece.Items.Where(row => IsVisible(row, caller))];
            foreach (var row in visible)
                HideTools(row, caller);
            // Behind a piece without anything to see there may be more: only the end of the list is empty.
            if (visible.Count > 0 || !piece.MayGoOn)
                return new ListPiece<MessageEntity>(visible, piece.MayGoOn);
            piece = await ReadAsync(conversationId, page with { Cursor = piece.Items[^1].Id }, cancellationToken);
        }
    }

    /// <exception cref="ApiException">404: the caller has no such conversation, or it no such message for them.</exception>
    public async Task<MessageEntity> GetAsync(
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

    private async Task<ListPiece<MessageEntity>> ReadAsync(string conversationId, ListPage page, CancellationToken cancellationToken)
    {
        var rows = await store.ListMessagesAsync(
            conversationId, page.Cursor, page.Descending, page.Take, ListPage.PieceCharacters, cancellationToken);
        return new ListPiece<MessageEntity>(
            rows, rows.Count == page.Take || rows.Sum(row => (long)row.Characters) >= ListPage.PieceCharacters);
    }

    /// <summary>What tools were asked and have answered is shown with the permission for it only.</summary>
    private static void HideTools(MessageEntity row, Caller caller)
    {
        if (row.Type == TranscriptMessage.ActivityType
            && caller.Session is { } session && !session.Permissions.HasFlag(SessionPermissions.ToolsRead))
            (row.Text, row.Meta) = ("", ToolData.Emptied(row.Meta));
    }

    private static bool IsVisible(MessageEntity row, Caller caller) => caller.IsTrusted || TranscriptMessage.IsForEndUsers(row.Type);
}
