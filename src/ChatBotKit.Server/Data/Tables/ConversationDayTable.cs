using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The table with the numbers of messages and tokens per conversation and day. It is written in the transaction that stores the messages
/// and the usage, and its rows outlive messages and conversations. So a series of days reads one row per active conversation and day, not one per message.
/// </summary>
internal static class ConversationDayTable
{
    /// <summary>The number of milliseconds of a day.</summary>
    public const long Milliseconds = 86_400_000;

    /// <summary>
    /// Adds new messages and usage to the row of their conversation and day. Values: conversation, day, the numbers of messages by users, by
    /// bots, of activities, and of other types, and the tokens.
    /// </summary>
    public const string Add = """
        INSERT INTO "ConversationDays" (
            "AccountId", "Day", "ConversationId", "BotId", "ContactId", "TaskId", "Started", "UserMessages", "BotMessages", "Activities", "OtherMessages", "Tokens")
        SELECT conversation."AccountId", $2, conversation."Id", conversation."BotId", conversation."ContactId", conversation."TaskId",
            CASE WHEN conversation."CreatedAt" / 86400000 = $2 THEN 1 ELSE 0 END, $3, $4, $5, $6, $7
        FROM "Conversations" AS conversation WHERE conversation."Id" = $1
        ON CONFLICT ("AccountId", "Day", "ConversationId") DO UPDATE SET
            "UserMessages" = "ConversationDays"."UserMessages" + excluded."UserMessages",
            "BotMessages" = "ConversationDays"."BotMessages" + excluded."BotMessages",
            "Activities" = "ConversationDays"."Activities" + excluded."Activities",
            "OtherMessages" = "ConversationDays"."OtherMessages" + excluded."OtherMessages",
            "Tokens" = "ConversationDays"."Tokens" + excluded."Tokens"
        """;

    /// <summary>Stores messages in a transaction, and counts them.</summary>
    public static async ValueTask AddMessagesAsync(this ISqlTransaction db, IReadOnlyList<MessageRow> messages)
    {
        foreach (var message in messages)
            await db.InsertAsync(MessageTable.Rows, message);
        await db.AddCountsAsync(MessageCount.Of(messages, usages: []));
    }

    /// <summary>Stores usage in a transaction, and adds it to its day.</summary>
    public static async ValueTask AddUsageAsync(this ISqlTransaction db, UsageRow usage)
    {
        await db.InsertAsync(UsageTable.Rows, usage);
        await db.AddCountsAsync(MessageCount.Of([], [usage]));
    }

    private static async ValueTask AddCountsAsync(this ISqlTransaction db, IReadOnlyList<MessageCount> counts)
    {
        foreach (var count in counts)
            await db.ExecuteAsync(Add, count.ConversationId, count.Day, count.User, count.Bot, count.Activities, count.Other, count.Tokens);
    }
}

/// <summary>The new messages and tokens of a conversation on a day.</summary>
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

    public long Tokens { get; private set; }

    /// <summary>Counts messages by conversation and day, with the tokens of turns.</summary>
    public static IReadOnlyList<MessageCount> Of(IReadOnlyList<MessageRow> messages, IReadOnlyList<UsageRow> usages)
    {
        if (messages.Count == 0 && usages.Count == 0)
            return [];
        var counts = new List<MessageCount>();
        foreach (var message in messages)
            Find(counts, message.ConversationId, message.CreatedAt).Add(message.Type);
        foreach (var usage in usages)
        {
            if (usage.ConversationId is { } conversation)
                Find(counts, conversation, usage.CreatedAt).Tokens += usage.InputTokens + usage.OutputTokens;
        }
        return counts;
    }

    /// <summary>Adds up the counts of the same conversation and day, and sorts them by both.</summary>
    public static IEnumerable<MessageCount> Merge(IEnumerable<MessageCount> counts)
    {
        MessageCount? last = null;
        foreach (var count in counts.Order())
        {
            if (last?.CompareTo(count) == 0)
            {
                last.Add(count);
                continue;
            }

            if (last is not null)
                yield return last;
            last = count;
        }

        if (last is not null)
            yield return last;
    }

    /// <summary>Sorts by conversation and day.</summary>
    public int CompareTo(MessageCount? other) =>
        other is null ? 1
        : string.CompareOrdinal(ConversationId, other.ConversationId) is var order and not 0 ? order : Day.CompareTo(other.Day);

    private static MessageCount Find(List<MessageCount> counts, string conversationId, long at)
    {
        var day = at / ConversationDayTable.Milliseconds;
        // Sets seldom have messages of more than one conversation, and these are neighbours.
        var count = counts.FindLast(one => one.Day == day && one.ConversationId == conversationId);
        if (count is null)
            counts.Add(count = new MessageCount(conversationId, day));
        return count;
    }

    private void Add(MessageCount other)
    {
        User += other.User;
        Bot += other.Bot;
        Activities += other.Activities;
        Other += other.Other;
        Tokens += other.Tokens;
    }

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
