using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Runs queries on SQLite, and collects the query plans of its lists.</summary>
internal sealed class ExplainingSession(ISqlSession db) : ISqlSession
{
    public List<List<string>> Plans { get; } = [];

    public SqlDialect Dialect => db.Dialect;

    public ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values) => db.FirstAsync(sql, read, values);

    public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values) => db.ListAsync(sql, read, values);

    public ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values)
    {
        // On SQLite every task is already complete when it is returned.
        Plans.Add(db.ListAsync($"EXPLAIN QUERY PLAN {sql}", static row => row.GetString(3), values).AsTask().GetAwaiter().GetResult());
        return db.ListAsync(sql, read, size, values);
    }
}
