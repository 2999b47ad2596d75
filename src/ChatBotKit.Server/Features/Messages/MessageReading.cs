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
    public async Task<IReadOnlyList<MessageEntity>> ListAsync(
        string conversationId, ListPage page, Caller caller, CancellationToken cancellationToken)
    {
        if (!await conversations.IsOwnAsync(conversationId, caller, cancellationToken))
            throw ConversationAccess.NotFound();
        var rows = await store.ListMessagesAsync(conversationId, page.Cursor, page.Descending, page.Take, cancellationToken);
        if (rows.Count == 0)
            await conversations.GetAsync(conversationId, caller, cancellationToken);
        if (!caller.IsTrusted && !rows.All(row => IsVisible(row, caller)))
            rows = await ListVisibleAsync(conversationId, page, rows, caller, cancellationToken);
        foreach (var row in rows)
            HideTools(row, caller);
        return rows;
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

    /// <summary>Fills a page from which something was left out, because a short page would mean the end of the list.</summary>
    private async Task<IReadOnlyList<MessageEntity>> ListVisibleAsync(
        string conversationId, ListPage page, IReadOnlyList<MessageEntity> rows, Caller caller, CancellationToken cancellationToken)
    {
        var visible = new List<MessageEntity>();
        while (true)
        {
            visible.AddRange(rows.Where(row => IsVisible(row, caller)).Take(page.Take - visible.Count));
            if (visible.Count == page.Take || rows.Count < page.Take)
                return visible;
            rows = await store.ListMessagesAsync(conversationId, rows[^1].Id, page.Descending, page.Take, cancellationToken);
        }
    }

    /// <summary>What tools were asked and have answered is shown with the permission for it only.</summary>
    private static void HideTools(MessageEntity row, Caller caller)
    {
        if (row.Type == TranscriptMessage.ActivityType
            && caller.Session is { } session && !session.Permissions.HasFlag(SessionPermissions.ToolsRead))
            (row.Text, row.Meta) = ("", ToolData.Emptied(row.Meta));
    }

    private static bool IsVisible(MessageEntity row, Caller caller) =>
        caller.IsTrusted
        || row.Type is not (TranscriptMessage.Backstory or TranscriptMessage.Context or TranscriptMessage.Instruction);
}
