using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Finds conversations by the time of their last message. Ids of messages begin with their time, so the messages of a stretch of time are
/// neighbours in the primary key, and new messages need no index for it.
/// </summary>
/// <remarks>
/// The id of a question is created when its request arrives. A question that waits longer for its turn than the stretch is old is
/// not found, and neither is the first message of a task's turn, whose id follows from the task; the answers to both are.
/// </remarks>
internal static class IdleQueries
{
    /// <summary>The id that ends a piece of a stretch; no row when the rest of the stretch is shorter. Values: the ends of the stretch, the messages of a piece less one.</summary>
    public const string EndOfPiece = """SELECT "Id" FROM "Messages" WHERE "Id" > $1 AND "Id" < $2 ORDER BY "Id" LIMIT 1 OFFSET $3""";

    /// <summary>The last messages of conversations that are in a stretch: conversation and message. Values: the ends of the stretch, of which the second belongs to it.</summary>
    public const string LastMessages = $"""SELECT message."ConversationId", message."Id" {AreLast} ORDER BY message."Id" """;

    private const string AreLast = """
        FROM "Messages" AS message
        WHERE message."Id" > $1 AND message."Id" <= $2 AND NOT EXISTS (
            SELECT 1 FROM "Messages" AS later WHERE later."ConversationId" = message."ConversationId" AND later."Position" > message."Position")
        """;

    private const string Conversations = $"""WHERE "Id" IN (SELECT message."ConversationId" {AreLast})""";

    /// <summary>Reads a piece of a stretch of messages.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="after">The end of the piece before this one.</param>
    /// <param name="before">The end of the stretch.</param>
    /// <param name="take">The maximum number of messages in the piece.</param>
    public static async ValueTask<IdlePiece> FindIdleAsync(this ISqlSession db, string after, string before, int take)
    {
        var end = await db.FirstAsync(EndOfPiece, static row => row.GetString(0), after, before, take - 1);
        var conversations = (await db.ListAsync(ConversationTable.Rows, Conversations, after, end ?? before)).ToDictionary(one => one.Id);
        var found = new List<(ConversationRow, string)>();
        foreach (var (id, lastMessageId) in await db.ListAsync(LastMessages, static row => (row.GetString(0), row.GetString(1)), after, end ?? before))
        {
            if (conversations.TryGetValue(id, out var conversation))
                found.Add((conversation, lastMessageId));
        }

        return new IdlePiece(found, end ?? before, IsLast: end is null);
    }
}

/// <summary>A piece of a stretch of messages.</summary>
/// <param name="Conversations">The conversations whose last message is in the piece, each with the id of that message.</param>
/// <param name="End">The end of the piece.</param>
/// <param name="IsLast">Whether the stretch has no more pieces.</param>
internal sealed record IdlePiece(IReadOnlyList<(ConversationRow Conversation, string LastMessageId)> Conversations, string End, bool IsLast);
