using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Bots;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>A conversation that an integration processes.</summary>
/// <param name="Integration">The integration.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Messages">The newest messages of the user and the bot, oldest first.</param>
/// <param name="IsPrivate">Whether personal data is kept from models.</param>
internal sealed record DigestSubject(ResourceRow Integration, ConversationRow Conversation, IReadOnlyList<MessageRow> Messages, bool IsPrivate)
{
    /// <summary>How many messages and characters of a conversation are processed. Older messages are left out.</summary>
    private const int MaxMessages = 500;
    private const int MaxCharacters = 100_000;

    /// <summary>The messages as one text, each behind the word user or bot.</summary>
    public string Text => string.Join("\n\n", Messages.Select(message => $"{message.Type}: {message.Text}"));

    /// <summary>Returns the key of the due work of an order.</summary>
    public static string KeyOf(string integrationId, string conversationId) => $"{integrationId}.{conversationId}";

    /// <summary>Returns the key of the due work of a quiet period, which its last message names.</summary>
    public static string KeyOf(string integrationId, string conversationId, string lastMessageId) => $"{integrationId}.{conversationId}.{lastMessageId}";

    /// <summary>Whether people took part in a conversation: it belongs to neither a task nor a trigger.</summary>
    public static bool IsOfPeople(ConversationRow conversation) =>
        conversation.TaskId is null && MetaJson.Parse(conversation.Meta)?["triggerIntegrationId"] is null;

    /// <summary>Finds what a key names; null when the integration or the conversation was deleted, or has no messages.</summary>
    public static async ValueTask<DigestSubject?> FindAsync(ISqlSession db, string kind, string key)
    {
        if (key.Split('.') is not [var integrationId, var conversationId, ..])
            throw new ArgumentException($"'{key}' names no integration and conversation.", nameof(key));
        if (await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, integrationId, kind) is not { } integration
            || await db.FindConversationAsync(conversationId, integration.AccountId) is not { } conversation || !IsOfPeople(conversation))
            return null;
        var newest = await db.ListAsync(
            MessageTable.Rows, new SqlSize<MessageRow>(row => row.Characters, MaxCharacters),
            $"""WHERE "ConversationId" = $1 AND "Type" IN ('user', 'bot') ORDER BY "Position" DESC LIMIT {MaxMessages}""", conversationId);
        if (newest.Rows.Count == 0)
            return null;
        return new DigestSubject(integration, conversation, [.. Enumerable.Reverse(newest.Rows)], await IsPrivateAsync(db, conversation));
    }

    private static async ValueTask<bool> IsPrivateAsync(ISqlSession db, ConversationRow conversation)
    {
        if (conversation.Privacy is { } own)
            return own;
        return conversation.BotId is { } botId && await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, botId, BotKind.Name) is { } bot
            && (bool?)ResourceEdit.Read(bot.Data)["privacy"] is true;
    }
}
