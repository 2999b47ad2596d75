namespace ChatBotKit.Server.Data;

/// <summary>Whose usage is meant.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="BotId">The bot; null for all usage of the account.</param>
internal readonly record struct UsageScope(string AccountId, string? BotId = null);

/// <summary>The usage of an account, or of one of its bots, by days, which are days in UTC and numbered from 1970-01-01.</summary>
internal static class UsageQueries
{
    private const string Tokens = """
        SELECT "Day", CAST(sum("Tokens") AS bigint) FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3
        """;

    private const string TokensWithoutConversation = """
        SELECT "CreatedAt" / 86400000, CAST(sum("InputTokens" + "OutputTokens") AS bigint) FROM "UsageRecords"
        WHERE "ConversationId" IS NULL AND "AccountId" = $1 AND "CreatedAt" >= $2 * 86400000 AND "CreatedAt" < ($3 + 1) * 86400000
        """;

    private const string Messages = """
        SELECT "Day", CAST(sum("UserMessages") AS bigint), CAST(sum("BotMessages") AS bigint), CAST(sum("Activities") AS bigint),
            CAST(sum("OtherMessages") AS bigint)
        FROM "ConversationDays" WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3
        """;

    private const string Conversations = """
        SELECT "CreatedAt" / 86400000, CAST(count(*) AS bigint) FROM "Conversations"
        WHERE "AccountId" = $1 AND "CreatedAt" >= $2 * 86400000 AND "CreatedAt" < ($3 + 1) * 86400000
        """;

    private const string DeletedConversations = """
        SELECT "Day", CAST(count(*) AS bigint) FROM "ConversationDays"
        WHERE "AccountId" = $1 AND "Day" BETWEEN $2 AND $3 AND "Started" = 1 AND NOT EXISTS (
            SELECT 1 FROM "Conversations" AS conversation WHERE conversation."Id" = "ConversationDays"."ConversationId")
        """;

    private const string Resources = """
        SELECT "Kind", CAST(count(*) AS bigint) FROM "Resources"
        WHERE "AccountId" = $1 AND "Kind" IN ('dataset', 'skillset', 'ability', 'file') GROUP BY "Kind"
        """;

    private const string Records = """
        SELECT CAST(count(*) AS bigint) FROM "Records"
        WHERE "Text" IS NOT NULL AND "DatasetId" IN (SELECT "Id" FROM "Resources" WHERE "AccountId" = $1 AND "Kind" = 'dataset')
        """;

    private const string Users = """SELECT CAST(count(*) AS bigint) FROM "Accounts" WHERE "ParentId" = $1 AND "DeletedAt" IS NULL""";

    /// <summary>Sums the tokens of each day.</summary>
    public static async ValueTask<DayTotals> SumTokensByDayAsync(this ISqlSession db, UsageScope scope, DayRange days) =>
        (await TotalsAsync(db, Tokens, scope, days)).With(await TotalsAsync(db, TokensWithoutConversation, scope, days));

    /// <summary>Counts the messages of each day by their types, with those that were deleted later.</summary>
    public static async ValueTask<MessageTotals> CountMessagesByDayAsync(this ISqlSession db, UsageScope scope, DayRange days)
    {
        var rows = await ListAsync(
            db, Messages, scope, days,
            static row => (Day: row.GetInt64(0), User: row.GetInt64(1), Bot: row.GetInt64(2), Activities: row.GetInt64(3), Other: row.GetInt64(4)));
        return new MessageTotals(
            DayTotals.Of(days, rows.Select(static row => (row.Day, row.User))),
            DayTotals.Of(days, rows.Select(static row => (row.Day, row.Bot))),
            DayTotals.Of(days, rows.Select(static row => (row.Day, row.Activities))),
            DayTotals.Of(days, rows.Select(static row => (row.Day, row.Other))));
    }

    /// <summary>
    /// Counts the conversations that were created on each day. A conversation that was deleted later counts when it got a message on the
    /// day of its creation.
    /// </summary>
    public static async ValueTask<DayTotals> CountConversationsByDayAsync(this ISqlSession db, UsageScope scope, DayRange days) =>
        (await TotalsAsync(db, Conversations, scope, days)).With(await TotalsAsync(db, DeletedConversations, scope, days));

    /// <summary>Counts what an account stores, by kind; kinds of which there is nothing are left out.</summary>
    public static async ValueTask<Dictionary<string, long>> CountStoredAsync(this ISqlSession db, string accountId)
    {
        var counts = (await db.ListAsync(Resources, static row => (row.GetString(0), row.GetInt64(1)), accountId)).ToDictionary();
        counts["record"] = await db.FirstAsync(Records, static row => row.GetInt64(0), accountId);
        counts["user"] = await db.FirstAsync(Users, static row => row.GetInt64(0), accountId);
        return counts;
    }

    private static async ValueTask<DayTotals> TotalsAsync(ISqlSession db, string sql, UsageScope scope, DayRange days) =>
        DayTotals.Of(days, await ListAsync(db, sql, scope, days, static row => (row.GetInt64(0), row.GetInt64(1))));

    private static ValueTask<List<T>> ListAsync<T>(ISqlSession db, string sql, UsageScope scope, DayRange days, Func<SqlRow, T> read) =>
        scope.BotId is { } bot
            ? db.ListAsync($"{sql} AND \"BotId\" = $4 GROUP BY 1", read, scope.AccountId, days.First, days.Last, bot)
            : db.ListAsync($"{sql} GROUP BY 1", read, scope.AccountId, days.First, days.Last);
}

/// <summary>The messages of each day by their types.</summary>
internal sealed record MessageTotals(DayTotals User, DayTotals Bot, DayTotals Activities, DayTotals Other)
{
    /// <summary>The messages of users and bots.</summary>
    public DayTotals Said => User.With(Bot);

    public DayTotals All => Said.With(Activities).With(Other);
}
