namespace ChatBotKit.Server.Data;

/// <summary>What reports read beside the usage by days.</summary>
internal static class ReportQueries
{
    /// <summary>The number of the newest conversations with actions in which the most frequent actions are searched.</summary>
    private const int ActionConversations = 1_000;

    private const int MostActions = 20_000;

    private const string Ratings = """
        SELECT rating."CreatedAt" / 86400000, CAST(sum(CASE WHEN rating."Value" > 0 THEN 1 ELSE 0 END) AS bigint),
            CAST(sum(CASE WHEN rating."Value" < 0 THEN 1 ELSE 0 END) AS bigint)
        FROM "Ratings" AS rating
        """;

    private const string RatingsOf = """
         WHERE rating."AccountId" = $1 AND rating."CreatedAt" >= $2 * 86400000 AND rating."CreatedAt" < ($3 + 1) * 86400000
        """;

    private const string OfBot = """ JOIN "Conversations" AS conversation ON conversation."Id" = rating."ConversationId" """;

    private const string Contacts = """
        FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3 AND "ContactId" IS NOT NULL
        """;

    private const string Depths = """
        SELECT CAST(count(*) AS bigint), CAST(coalesce(sum("Users"), 0) AS bigint), CAST(coalesce(sum("Bots"), 0) AS bigint),
            CAST(coalesce(sum("Actions"), 0) AS bigint), CAST(coalesce(sum("Spent"), 0) AS bigint),
            CAST(coalesce(sum(CASE WHEN "Users" = 1 THEN 1 ELSE 0 END), 0) AS bigint),
            CAST(coalesce(sum(CASE WHEN "Users" BETWEEN 2 AND 3 THEN 1 ELSE 0 END), 0) AS bigint),
            CAST(coalesce(sum(CASE WHEN "Users" BETWEEN 4 AND 10 THEN 1 ELSE 0 END), 0) AS bigint),
            CAST(coalesce(sum(CASE WHEN "Users" > 10 THEN 1 ELSE 0 END), 0) AS bigint)
        FROM (
            SELECT sum("UserMessages") AS "Users", sum("BotMessages") AS "Bots", sum("Activities") AS "Actions",
                sum("Tokens") AS "Spent"
            FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3
        """;

    /// <summary>Counts the ratings of each day.</summary>
    public static async ValueTask<RatingTotals> CountRatingsByDayAsync(this ISqlSession db, UsageScope scope, DayRange days)
    {
        var rows = scope.BotId is { } bot
            ? await db.ListAsync(
                $"""{Ratings}{OfBot}{RatingsOf} AND conversation."BotId" = $4 GROUP BY 1""", ReadRatings, scope.AccountId, days.First, days.Last, bot)
            : await db.ListAsync($"{Ratings}{RatingsOf} GROUP BY 1", ReadRatings, scope.AccountId, days.First, days.Last);
        return new RatingTotals(
            DayTotals.Of(days, rows.Select(static row => (row.Day, row.Up))), DayTotals.Of(days, rows.Select(static row => (row.Day, row.Down))));
    }

    /// <summary>Counts the contacts whose conversations got messages in the days.</summary>
    public static ValueTask<long> CountActiveContactsAsync(this ISqlSession db, string accountId, DayRange days) => db.FirstAsync(
        $"""SELECT CAST(count(DISTINCT "ContactId") AS bigint) {Contacts}""", static row => row.GetInt64(0), accountId, days.First, days.Last);

    /// <summary>Counts the contacts whose conversations got messages, for each day.</summary>
    public static async ValueTask<DayTotals> CountActiveContactsByDayAsync(this ISqlSession db, string accountId, DayRange days) => DayTotals.Of(
        days,
        await db.ListAsync(
            $"""SELECT "Day", CAST(count(DISTINCT "ContactId") AS bigint) {Contacts} GROUP BY "Day" """,
            static row => (row.GetInt64(0), row.GetInt64(1)), accountId, days.First, days.Last));

    /// <summary>Counts conversations by the number of the messages that they got in the days.</summary>
    public static ValueTask<ConversationDepths> CountDepthsAsync(this ISqlSession db, UsageScope scope, DayRange days) => scope.BotId is { } bot
        ? db.FirstAsync(
            $"""{Depths} AND "BotId" = $4 GROUP BY "ConversationId") AS depths""", ConversationDepths.Read, scope.AccountId, days.First, days.Last, bot)
        : db.FirstAsync($"""{Depths} GROUP BY "ConversationId") AS depths""", ConversationDepths.Read, scope.AccountId, days.First, days.Last);

    /// <summary>Returns the <c>meta</c> of the actions in the newest conversations with actions.</summary>
    public static ValueTask<List<string>> ListActionsAsync(this ISqlSession db, UsageScope scope, DayRange days) => db.ListAsync(
        $"""
        SELECT message."Meta" FROM "Messages" AS message WHERE message."Type" = 'activity' AND message."Meta" IS NOT NULL
            AND message."CreatedAt" >= $2 * 86400000 AND message."ConversationId" IN (
                SELECT "ConversationId" FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3 AND "Activities" > 0
                    AND ($4 = '' OR "BotId" = $4) ORDER BY "Day" DESC LIMIT {ActionConversations})
        LIMIT {MostActions}
        """,
        static row => row.GetString(0), scope.AccountId, days.First, days.Last, scope.BotId ?? "");

    /// <summary>Counts the resources of a kind that were created in a range of time, which includes its start.</summary>
    public static ValueTask<long> CountCreatedAsync(this ISqlSession db, string accountId, string kind, long from, long to) => db.FirstAsync(
        """SELECT CAST(count(*) AS bigint) FROM "Resources" WHERE "AccountId" = $1 AND "Kind" = $2 AND "CreatedAt" >= $3 AND "CreatedAt" < $4""",
        static row => row.GetInt64(0), accountId, kind, from, to);

    /// <summary>Sums the tokens of bots, those with the most first.</summary>
    public static ValueTask<List<(string BotId, long Tokens)>> ListTopBotsAsync(this ISqlSession db, string accountId, DayRange days, int take) =>
        db.ListAsync(
            new SqlQuery().AddSql("SELECT \"BotId\", CAST(sum(\"Tokens\") AS bigint)").AddTokensOfBots(accountId, days)
                .Add($" GROUP BY \"BotId\" ORDER BY 2 DESC, \"BotId\" LIMIT {take}"),
            static row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>Lists the tokens and the new conversations of bots by days. A conversation counts when it got a message on its first day.</summary>
    public static ValueTask<List<(string BotId, long Day, long Tokens, long Conversations)>> ListBotDaysAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> botIds, DayRange days) => botIds.Count == 0 ? new([]) : db.ListAsync(
        new SqlQuery().AddSql("SELECT \"BotId\", \"Day\", CAST(sum(\"Tokens\") AS bigint), CAST(sum(\"Started\") AS bigint)")
            .AddTokensOfBots(accountId, days).AddIn("\"BotId\"", botIds).AddSql(" GROUP BY \"BotId\", \"Day\""),
        static row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    /// <summary>Counts the good and the bad ratings of bots.</summary>
    public static ValueTask<List<(string BotId, long Up, long Down)>> ListBotRatingsAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> botIds, DayRange days) => botIds.Count == 0 ? new([]) : db.ListAsync(
        new SqlQuery().AddSql("""
            SELECT conversation."BotId", CAST(sum(CASE WHEN rating."Value" > 0 THEN 1 ELSE 0 END) AS bigint),
                CAST(sum(CASE WHEN rating."Value" < 0 THEN 1 ELSE 0 END) AS bigint)
            FROM "Ratings" AS rating JOIN "Conversations" AS conversation ON conversation."Id" = rating."ConversationId"
            """).Add($" WHERE rating.\"AccountId\" = {accountId} AND rating.\"CreatedAt\" >= {days.First * ConversationDayTable.Milliseconds}")
            .Add($" AND rating.\"CreatedAt\" < {(days.Last + 1) * ConversationDayTable.Milliseconds}")
            .AddIn("conversation.\"BotId\"", botIds).AddSql(" GROUP BY conversation.\"BotId\""),
        static row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)));

    /// <summary>
    /// Adds the tokens of bots by days: those of conversations, and those of runs without one, such as the runs of OpenAI clients. The query
    /// goes on behind a condition.
    /// </summary>
    private static SqlQuery AddTokensOfBots(this SqlQuery query, string accountId, DayRange days) => query.Add($"""
         FROM (
            SELECT "BotId", "Day", "Tokens", "Started" FROM "ConversationDays"
            WHERE "AccountId" = {accountId} AND "Day" BETWEEN {days.First} AND {days.Last} AND "BotId" IS NOT NULL
            UNION ALL
            SELECT "BotId", "CreatedAt" / 86400000, "InputTokens" + "OutputTokens", 0 FROM "UsageRecords"
            WHERE "ConversationId" IS NULL AND "AccountId" = {accountId} AND "CreatedAt" >= {days.First * ConversationDayTable.Milliseconds}
                AND "CreatedAt" < {(days.Last + 1) * ConversationDayTable.Milliseconds} AND "BotId" IS NOT NULL
        ) AS used WHERE TRUE
        """);

    private static (long Day, long Up, long Down) ReadRatings(SqlRow row) => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
}

/// <summary>The ratings of each day.</summary>
internal sealed record RatingTotals(DayTotals Up, DayTotals Down)
{
    public DayTotals All => Up.With(Down);
}

/// <summary>Conversations by the number of the messages of their users, and all their messages and tokens.</summary>
internal readonly record struct ConversationDepths(
    long Count, long User, long Bot, long Activities, long Tokens, long Single, long Short, long Medium, long Long)
{
    public static ConversationDepths Read(SqlRow row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
        row.GetInt64(8));
}
