using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Messages;

/// <summary>Messages as their caller may see them: the orders that the bot was given are for its owner only.</summary>
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
        return caller.IsTrusted || rows.All(row => IsVisible(row, caller))
            ? rows
            : await ListVisibleAsync(conversationId, page, rows, caller, cancellationToken);
    }

    /// <exception cref="ApiException">404: the caller has no such conversation, or it no such message for them.</exception>
    public async Task<MessageEntity> GetAsync(
        string conversationId, string messageId, Caller caller, CancellationToken cancellationToken)
    {
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        var row = await store.FindMessageAsync(conversationId, messageId, cancellationToken);
        return row is not null && IsVisible(row, caller) ? row : throw NotFound();
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

    private static bool IsVisible(MessageEntity row, Caller caller) =>
        caller.IsTrusted
        || row.Type is not (TranscriptMessage.Backstory or TranscriptMessage.Context or TranscriptMessage.Instruction);
}
