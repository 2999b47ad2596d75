using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of messages.</summary>
internal static class MessageTable
{
    public static SqlTable<MessageRow> Rows { get; } = new(
        "Messages",
        [
            "Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "Meta", "Entities", "AnswerFrom",
            "CreatedAt", "UpdatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            ConversationId = row.GetString(1),
            Position = row.GetInt64(2),
            Type = row.GetString(3),
            Text = row.GetString(4),
            Name = row.GetString(5),
            Description = row.GetString(6),
            Meta = row.GetStringOrNull(7),
            Entities = row.GetStringOrNull(8),
            AnswerFrom = row.GetStringOrNull(9),
            CreatedAt = row.GetInt64(10),
            UpdatedAt = row.GetInt64(11),
        },
        static (row, to) => to.Fill(
            row.Id, row.ConversationId, row.Position, row.Type, row.Text, row.Name, row.Description, row.Meta,
            row.Entities, row.AnswerFrom, row.CreatedAt, row.UpdatedAt));

    /// <summary>A message of a conversation. Values: id, conversation.</summary>
    public const string InConversation = """WHERE "Id" = $1 AND "ConversationId" = $2""";

    /// <summary>The first messages, oldest first. Values: conversation, limit.</summary>
    public const string Oldest = """WHERE "ConversationId" = $1 ORDER BY "Position" LIMIT $2""";

    /// <summary>The last messages, newest first. Values: conversation, limit.</summary>
    public const string Newest = """WHERE "ConversationId" = $1 ORDER BY "Position" DESC LIMIT $2""";

    /// <summary>The messages after a given one, oldest first. Values: conversation, limit, id of the given message.</summary>
    public const string After = $"""WHERE "ConversationId" = $1 AND "Position" > {PositionOfCursor} ORDER BY "Position" LIMIT $2""";

    /// <summary>The messages before a given one, newest first. Values: conversation, limit, id of the given message.</summary>
    public const string Before = $"""WHERE "ConversationId" = $1 AND "Position" < {PositionOfCursor} ORDER BY "Position" DESC LIMIT $2""";

    private const string PositionOfCursor = """(SELECT "Position" FROM "Messages" WHERE "Id" = $3 AND "ConversationId" = $1)""";

    /// <summary>Finds a message of a conversation of the account.</summary>
    public static ValueTask<MessageRow?> FindMessageAsync(this ISqlSession db, string conversationId, string id, string accountId) =>
        db.FirstAsync(
            Rows,
            """
            WHERE "Id" = $1 AND "ConversationId" = $2
                AND EXISTS (SELECT 1 FROM "Conversations" AS owner WHERE owner."Id" = $2 AND owner."AccountId" = $3)
            """,
            id, conversationId, accountId);

    /// <summary>Lists the messages of the user and the bot, oldest first.</summary>
    public static ValueTask<List<MessageRow>> ListSaidAsync(this ISqlSession db, string conversationId) => db.ListAsync(
        Rows, """WHERE "ConversationId" = $1 AND "Type" IN ('user', 'bot') ORDER BY "Position" """, conversationId);

    /// <summary>Counts the messages of the user and the bot in a range of time that includes both ends.</summary>
    public static ValueTask<long> CountSaidAsync(this ISqlSession db, string conversationId, long from, long to) => db.FirstAsync(
        """
        SELECT count(*) FROM "Messages"
        WHERE "ConversationId" = $1 AND "CreatedAt" BETWEEN $2 AND $3 AND "Type" IN ('user', 'bot')
        """,
        static row => row.GetInt64(0), conversationId, from, to);

    /// <summary>Updates the stored message.</summary>
    public static async ValueTask ChangeMessageAsync(this ISqlTransaction db, MessageRow message, string accountId)
    {
        await db.UpdateAsync(Rows, message);
        await db.LogMessageAsync(EventTypes.MessageUpdate, message.ConversationId, accountId, message.UpdatedAt);
        db.Announce(RowChanges.OfMessage(message.Id, message.ConversationId, accountId, ChangeKind.Updated));
    }

    /// <summary>Deletes the message and its ratings.</summary>
    public static async ValueTask DeleteMessageAsync(
        this ISqlTransaction db, string conversationId, string id, string accountId, DateTimeOffset now)
    {
        await db.ExecuteAsync("""DELETE FROM "Ratings" WHERE "ConversationId" = $1 AND "MessageId" = $2""", conversationId, id);
        await db.ExecuteAsync("""DELETE FROM "Messages" WHERE "ConversationId" = $1 AND "Id" = $2""", conversationId, id);
        await db.LogMessageAsync(EventTypes.MessageDelete, conversationId, accountId, now.ToUnixTimeMilliseconds());
        db.Announce(RowChanges.OfMessage(id, conversationId, accountId, ChangeKind.Deleted));
    }

    private static async ValueTask LogMessageAsync(this ISqlTransaction db, string type, string conversationId, string accountId, long now)
    {
        if (await db.FindConversationAsync(conversationId, accountId) is { } conversation)
            await db.LogAsync(conversation.Event(type, now));
    }
}
