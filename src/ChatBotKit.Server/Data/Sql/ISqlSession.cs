using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// A connection that is lent to one query after another. The SQL must be valid on every supported database: parameters are
/// <c>$1</c>, <c>$2</c> and so on, and names are quoted. On SQLite every returned task is already complete.
/// </summary>
internal interface ISqlSession
{
    /// <summary>The SQL that differs between the databases.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Returns the first row of a query; default when there is none.</summary>
    ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>Returns all rows of a query. The query itself must limit their number.</summary>
    ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>
    /// Returns the rows of a query until they reach the given total size; at least one row if there is one. So a page of large rows
    /// uses no more memory than one of small rows.
    /// </summary>
    ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values);
}

/// <summary>A connection inside a transaction. An exception rolls the transaction back.</summary>
internal interface ISqlTransaction : ISqlSession
{
    /// <summary>Runs a statement.</summary>
    /// <returns>The number of changed rows.</returns>
    ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values);

    /// <summary>Inserts a row.</summary>
    ValueTask InsertAsync<T>(SqlTable<T> table, T row);

    /// <summary>Updates the stored row with the same key.</summary>
    /// <returns>Whether there is such a row.</returns>
    ValueTask<bool> UpdateAsync<T>(SqlTable<T> table, T row);

    /// <summary>Appends a record to its account's audit chain, and sets its number and hash.</summary>
    ValueTask AuditAsync(Rows.AuditRow record);

    /// <summary>Adds an entry to the event log, and announces it. Does nothing when the server keeps no events.</summary>
    ValueTask LogAsync(EventEntry entry);

    /// <summary>
    /// Announces a change of the transaction. It is published once the transaction is durable and before the store's method
    /// returns. After a rollback nothing is published.
    /// </summary>
    void Announce(in Change change);
}

/// <summary>The maximum total size of the rows of a page.</summary>
/// <param name="Of">The size of one row.</param>
/// <param name="Limit">No further row is read once the rows have this size.</param>
internal readonly record struct SqlSize<T>(Func<T, long> Of, long Limit);

/// <summary>Rows of a query.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="IsCut">Whether further rows were left out because of the size of these.</param>
internal sealed record SqlPage<T>(List<T> Rows, bool IsCut);

internal static class SqlSessions
{
    public static ValueTask<T?> FirstAsync<T>(
        this ISqlSession session, SqlTable<T> table, string condition, params ReadOnlySpan<SqlValue> values) =>
        session.FirstAsync(table.Select(condition), table.Read, values);

    public static ValueTask<List<T>> ListAsync<T>(
        this ISqlSession session, SqlTable<T> table, string condition, params ReadOnlySpan<SqlValue> values) =>
        session.ListAsync(table.Select(condition), table.Read, values);

    public static ValueTask<SqlPage<T>> ListAsync<T>(
        this ISqlSession session, SqlTable<T> table, SqlSize<T> size, string condition, params ReadOnlySpan<SqlValue> values) =>
        session.ListAsync(table.Select(condition), table.Read, size, values);

    public static ValueTask<List<T>> ListAsync<T>(this ISqlSession session, SqlQuery query, Func<SqlRow, T> read) =>
        session.ListAsync(query.Sql, read, query.Values);

    public static ValueTask<SqlPage<T>> ListAsync<T>(this ISqlSession session, SqlQuery query, Func<SqlRow, T> read, SqlSize<T> size) =>
        session.ListAsync(query.Sql, read, size, query.Values);

    /// <summary>Whether a query returns a row.</summary>
    public static async ValueTask<bool> AnyAsync(this ISqlSession session, string sql, params SqlValue[] values) =>
        await session.FirstAsync(sql, static _ => true, values);
}
