using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Reads the messages of conversations.</summary>
internal static class PostgresMessages
{
    public static async ValueTask<ConversationSnapshot?> LoadAsync(ISqlSession db, string conversationId, int maxMessages)
    {
        if (await db.FirstAsync(ConversationTable.Rows, SqlTable<ConversationRow>.ById, conversationId) is not { } conversation)
            return null;
        // At least one message is read, because the newest one has the last position.
        var size = new SqlSize<MessageRow>(Size, ConversationSnapshot.MaxCharacters);
        var messages = (await db.ListAsync(MessageTable.Rows, size, MessageTable.Newest, conversationId, Math.Max(1, maxMessages))).Rows;
        if (messages.Count > 1 && messages.Sum(Size) > ConversationSnapshot.MaxCharacters)
            messages.RemoveAt(messages.Count - 1);
        var (position, createdAt) = messages.Count > 0 ? (messages[0].Position, messages[0].CreatedAt) : (0, 0);
        messages.Reverse();
        return new ConversationSnapshot(conversation, maxMessages > 0 ? messages : [], position, createdAt);
    }

    public static async ValueTask<IReadOnlyList<MessageRow>> ListAsync(
        ISqlSession db, string conversationId, string? cursor, bool descending, int take, int maxCharacters)
    {
        var size = new SqlSize<MessageRow>(static message => message.Characters, maxCharacters);
        var page = cursor is null
            ? await db.ListAsync(MessageTable.Rows, size, descending ? MessageTable.Newest : MessageTable.Oldest, conversationId, take)
            : await db.ListAsync(MessageTable.Rows, size, descending ? MessageTable.Before : MessageTable.After, conversationId, take, cursor);
        return page.Rows;
    }

    private static long Size(MessageRow message) => message.Text.Length + (message.Meta?.Length ?? 0);
}
