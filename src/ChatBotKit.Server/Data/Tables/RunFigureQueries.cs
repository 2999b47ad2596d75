namespace ChatBotKit.Server.Data;

/// <summary>Counts the runs of each day by the reasons of their ends and by their times.</summary>
internal static class RunFigureQueries
{
    private const string Range = """
         FROM "UsageRecords" WHERE "AccountId" = $1 AND "CreatedAt" >= $2 * 86400000 AND "CreatedAt" < ($3 + 1) * 86400000
        """;

    public static ValueTask<List<(long Day, string Reason, long Count)>> CountReasonsAsync(this ISqlSession db, UsageScope scope, DayRange days) =>
        ListAsync(
            db, $"""SELECT "CreatedAt" / 86400000, "EndReason", CAST(count(*) AS bigint){Range} AND "EndReason" IS NOT NULL""", scope, days,
            static row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)));

    public static ValueTask<List<(long Day, long Time, long Count)>> CountFirstTokensAsync(this ISqlSession db, UsageScope scope, DayRange days) =>
        CountTimesAsync(db, "\"FirstToken\"", scope, days);

    public static ValueTask<List<(long Day, long Time, long Count)>> CountDurationsAsync(this ISqlSession db, UsageScope scope, DayRange days) =>
        CountTimesAsync(db, "\"Duration\"", scope, days);

    /// <summary>Counts by the first two digits of the time, so that a day has some hundred rows at most.</summary>
    private static ValueTask<List<(long Day, long Time, long Count)>> CountTimesAsync(ISqlSession db, string column, UsageScope scope, DayRange days) =>
        ListAsync(
            db,
            $"""
            SELECT "CreatedAt" / 86400000, CASE WHEN {column} < 100 THEN {column} WHEN {column} < 1000 THEN {column} / 10 * 10
                WHEN {column} < 10000 THEN {column} / 100 * 100 WHEN {column} < 100000 THEN {column} / 1000 * 1000
                ELSE {column} / 10000 * 10000 END, CAST(count(*) AS bigint){Range} AND {column} IS NOT NULL
            """,
            scope, days, static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));

    private static ValueTask<List<T>> ListAsync<T>(ISqlSession db, string sql, UsageScope scope, DayRange days, Func<SqlRow, T> read) =>
        scope.BotId is { } bot
            ? db.ListAsync($"{sql} AND \"BotId\" = $4 GROUP BY 1, 2 ORDER BY 1, 2", read, scope.AccountId, days.First, days.Last, bot)
            : db.ListAsync($"{sql} GROUP BY 1, 2 ORDER BY 1, 2", read, scope.AccountId, days.First, days.Last);
}
