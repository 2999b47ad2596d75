using System.Globalization;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Runs queries, and collects the plan of each. On PostgreSQL a plan also has the numbers of rows that were read.</summary>
internal sealed partial class PlanReadingSession(ISqlSession db) : ISqlSession
{
    public List<QueryPlan> Plans { get; } = [];

    public SqlDialect Dialect => db.Dialect;

    public ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(values.ToArray());

        async ValueTask<T?> RunAsync(SqlValue[] copy)
        {
            await ExplainAsync(sql, copy);
            return await db.FirstAsync(sql, read, copy);
        }
    }

    public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(values.ToArray());

        async ValueTask<List<T>> RunAsync(SqlValue[] copy)
        {
            await ExplainAsync(sql, copy);
            return await db.ListAsync(sql, read, copy);
        }
    }

    public ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values)
    {
        return RunAsync(values.ToArray());

        async ValueTask<SqlPage<T>> RunAsync(SqlValue[] copy)
        {
            await ExplainAsync(sql, copy);
            return await db.ListAsync(sql, read, size, copy);
        }
    }

    private async Task ExplainAsync(string sql, SqlValue[] values)
    {
        List<string> steps = TestStore.IsPostgres
            ? await db.ListAsync($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {sql}", static row => row.GetString(0), values)
            : await db.ListAsync($"EXPLAIN QUERY PLAN {sql}", static row => row.GetString(3), values);
        Plans.Add(new QueryPlan(sql, steps));
    }

    /// <summary>The plan of a query.</summary>
    internal sealed record QueryPlan(string Sql, IReadOnlyList<string> Steps)
    {
        /// <summary>Whether each table is read by an index. PostgreSQL may sort the few rows that it reads by one.</summary>
        public bool IsByIndexes => !Steps.Any(step =>
            (step.StartsWith("SCAN", StringComparison.Ordinal) && !Steps.Contains($"CO-ROUTINE{step["SCAN".Length..]}")) || step.Contains("TEMP B-TREE", StringComparison.Ordinal)
            || step.Contains("Seq Scan", StringComparison.Ordinal));

        /// <summary>The number of rows that the step with the most rows has read on PostgreSQL; 0 on SQLite.</summary>
        public long RowsRead => Steps.Select(Count).DefaultIfEmpty().Max();

        public override string ToString() => $"{Sql}\n{string.Join('\n', Steps)}";

        private static long Count(string step) =>
            Rows().Matches(step).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"(?:actual rows=|Rows Removed by Filter: )(\d+)")]
    private static partial Regex Rows();
}
