namespace ChatBotKit.Server.Data;

/// <summary>
/// Counts what happened in each day or hour: the runs by the reasons of their ends and by their times, their tokens, and the new
/// conversations. An index leads to the rows of the range, all of which are read.
/// </summary>
internal static class RunFigureQueries
{
    private const string FromUsage = """FROM "UsageRecords" WHERE "AccountId" = $1""";

    public static ValueTask<List<(long Slot, string Reason, long Count)>> CountReasonsAsync(this ISqlSession db, UsageScope scope, TimeSlots slots) =>
        ListAsync(
            db, $"\"EndReason\", CAST(count(*) AS bigint) {FromUsage} AND \"EndReason\" IS NOT NULL", "1, 2", scope, slots,
            static row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)));

    public static ValueTask<List<(long Slot, long Time, long Count)>> CountFirstTokensAsync(this ISqlSession db, UsageScope scope, TimeSlots slots) =>
        CountTimesAsync(db, "\"FirstToken\"", scope, slots);

    public static ValueTask<List<(long Slot, long Time, long Count)>> CountDurationsAsync(this ISqlSession db, UsageScope scope, TimeSlots slots) =>
        CountTimesAsync(db, "\"Duration\"", scope, slots);

    /// <summary>Sums the tokens of prompts and answers, and the messages of runs.</summary>
    public static ValueTask<List<(long Slot, RunSums Sums)>> SumRunsAsync(this ISqlSession db, UsageScope scope, TimeSlots slots) =>
        ListAsync(
            db, $"CAST(sum(\"InputTokens\") AS bigint), CAST(sum(\"OutputTokens\") AS bigint), CAST(sum(\"Messages\") AS bigint) {FromUsage}", "1", scope, slots,
            static row => (row.GetInt64(0), new RunSums(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))));

    /// <summary>Counts the new conversations that were not deleted.</summary>
    public static ValueTask<List<(long Slot, long Count)>> CountNewConversationsAsync(this ISqlSession db, UsageScope scope, TimeSlots slots) =>
        ListAsync(
            db, """CAST(count(*) AS bigint) FROM "Conversations" WHERE "AccountId" = $1""", "1", scope, slots,
            static row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>Counts by the first two digits of the time, so that a day has some hundred rows at most.</summary>
    private static ValueTask<List<(long Slot, long Time, long Count)>> CountTimesAsync(ISqlSession db, string column, UsageScope scope, TimeSlots slots) =>
        ListAsync(
            db,
            $"""
            CASE WHEN {column} < 100 THEN {column} WHEN {column} < 1000 THEN {column} / 10 * 10
                WHEN {column} < 10000 THEN {column} / 100 * 100 WHEN {column} < 100000 THEN {column} / 1000 * 1000
                ELSE {column} / 10000 * 10000 END, CAST(count(*) AS bigint) {FromUsage} AND {column} IS NOT NULL
            """,
            "1, 2", scope, slots, static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));

    /// <param name="db">The connection.</param>
    /// <param name="columns">The columns behind that of the day or hour, and the conditions.</param>
    /// <param name="group">The columns that are grouped by.</param>
    /// <param name="scope">Whose usage it is.</param>
    /// <param name="slots">The days or hours.</param>
    /// <param name="read">Reads a row.</param>
    private static ValueTask<List<T>> ListAsync<T>(
        ISqlSession db, string columns, string group, UsageScope scope, TimeSlots slots, Func<SqlRow, T> read)
    {
        var sql = $"SELECT \"CreatedAt\" / {slots.Milliseconds}, {columns} AND \"CreatedAt\" >= $2 AND \"CreatedAt\" < $3";
        var (from, to) = (slots.First * slots.Milliseconds, (slots.Last + 1) * slots.Milliseconds);
        return scope.BotId is { } bot
            ? db.ListAsync($"{sql} AND \"BotId\" = $4 GROUP BY {group} ORDER BY {group}", read, scope.AccountId, from, to, bot)
            : db.ListAsync($"{sql} GROUP BY {group} ORDER BY {group}", read, scope.AccountId, from, to);
    }
}

/// <summary>Sums of runs.</summary>
/// <param name="InputTokens">The tokens of the prompts.</param>
/// <param name="OutputTokens">The tokens of the answers.</param>
/// <param name="Messages">The messages that were stored with the runs.</param>
internal readonly record struct RunSums(long InputTokens, long OutputTokens, long Messages);
