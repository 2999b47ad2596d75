using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The table with the numbers of messages per conversation and day. It is written in the transaction that stores the messages, and its
/// rows outlive messages and conversations. So a series of days reads one row per active conversation and day, not one per message.
/// </summary>
internal static class ConversationDayTable
{
    /// <summary>The number of milliseconds of a day.</summary>
    public const long Milliseconds = 86_400_000;

    /// <summary>
    /// Adds new messages to the row of their conversation and day. Values: conversation, day, then the numbers of messages by users, by
    /// bots, of activities, and of other types.
    /// </summary>
    public const string Add = """
        INSERT INTO "ConversationDays" (
            "AccountId", "Day", "ConversationId", "BotId", "ContactId", "TaskId", "Started", "UserMessages", "BotMessages", "Activities", "OtherMessages")
        SELECT conversation."AccountId", $2, conversation."Id", conversation."BotId", conversation."ContactId", conversation."TaskId",
            CASE WHEN conversation."CreatedAt" / 86400000 = $2 THEN 1 ELSE 0 END, $3, $4, $5, $6
        FROM "Conversations" AS conversation WHERE conversation."Id" = $1
        ON CONFLICT ("AccountId", "Day", "ConversationId") DO UPDATE SET
            "UserMessages" = "ConversationDays"."UserMessages" + excluded."UserMessages",
            "BotMessages" = "ConversationDays"."BotMessages" + excluded."BotMessages",
            "Activities" = "ConversationDays"."Activities" + excluded."Activities",
            "OtherMessages" = "ConversationDays"."OtherMessages" + excluded."OtherMessages"
        """;

    /// <summary>Stores messages in a transaction, and counts them.</summary>
    public static async ValueTask AddMessagesAsync(this ISqlTransaction db, IReadOnlyList<MessageRow> messages)
    {
        foreach (var message in messages)
            await db.InsertAsync(MessageTable.Rows, message);
        foreach (var day in MessageCount.Of(messages))
            await db.ExecuteAsync(Add, day.ConversationId, day.Day, day.User, day.Bot, day.Activities, day.Other);
    }
}

/// <summary>The new messages of a conversation on a day.</summary>
internal sealed class MessageCount : IComparable<MessageCount>
{
    private MessageCount(string conversationId, long day) => (ConversationId, Day) = (conversationId, day);

    public string ConversationId { get; }

    /// <summary>The number of days since 1970-01-01 in UTC.</summary>
    public long Day { get; }

    public long User { get; private set; }

    public long Bot { get; private set; }

    public long Activities { get; private set; }

    public long Other { get; private set; }

    /// <summary>Counts messages by conversation and day.</summary>
    public static IReadOnlyList<MessageCount> Of(IReadOnlyList<MessageRow> messages)
    {
        if (messages.Count == 0)
            return [];
        var counts = new List<MessageCount>();
        foreach (var message in messages)
        {
            var day = message.CreatedAt / ConversationDayTable.Milliseconds;
            // Sets seldom have messages of more than one conversation, and these are neighbours.
            var count = counts.FindLast(one => one.Day == day && one.ConversationId == message.ConversationId);
            if (count is null)
                counts.Add(count = new MessageCount(message.ConversationId, day));
            count.Add(message.Type);
        }

        return counts;
    }

    /// <summary>Sorts by conversation and day.</summary>
    public int CompareTo(MessageCount? other) =>
        other is null ? 1
        : string.CompareOrdinal(ConversationId, other.ConversationId) is var order and not 0 ? order : Day.CompareTo(other.Day);

    private void Add(string type)
    {
        switch (type)
        {
            case "user": User++; break;
            case "bot": Bot++; break;
            case "activity": Activities++; break;
            default: Other++; break;
        }
    }
}
