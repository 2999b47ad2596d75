using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// A connection that is lent to one query after another. The SQL is such as every database of the server takes: parameters are
/// <c>$1</c>, <c>$2</c> and so on, names are quoted. On SQLite every task is complete when it is returned.
/// </summary>
internal interface ISqlSession
{
    /// <summary>What the databases write differently.</summary>
    SqlDialect Dialect { get; }

    /// <summary>The first row of a query; default when there is none.</summary>
    ValueTask<T?> FirstAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>All rows of a query, which bounds their number itself.</summary>
    ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>
    /// The rows of a query until together they have the given size; at least one when there is one. So a page of large rows holds
    /// no more memory than one of small rows.
    /// </summary>
    ValueTask<SqlPage<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, SqlSize<T> size, params ReadOnlySpan<SqlValue> values);
}

/// <summary>A connection inside a transaction. An exception undoes everything that was done in it.</summary>
internal interface ISqlTransaction : ISqlSession
{
    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows changed.</returns>
    ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values);

    /// <summary>Inserts a row.</summary>
    ValueTask InsertAsync<T>(SqlTable<T> table, T row);

    /// <summary>Changes the stored row that has the same key.</summary>
    /// <returns>Whether there is one.</returns>
    ValueTask<bool> UpdateAsync<T>(SqlTable<T> table, T row);

    /// <summary>Puts a record at the end of its account's audit chain, which gives it its number and hash.</summary>
    ValueTask AuditAsync(Rows.AuditRow record);

    /// <summary>
    /// Says what the transaction changes. It is published when that is durable, before the caller of the store goes on; nothing is
    /// when the transaction is undone.
    /// </summary>
    void Announce(in Change change);
}

/// <summary>How much the rows of a page may hold together.</summary>
/// <param name="Of">The size of one row.</param>
/// <param name="Limit">No further row is read once the rows have this size.</param>
internal readonly record struct SqlSize<T>(Func<T, long> Of, long Limit);

/// <summary>Rows of a query.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="IsCut">Whether further rows were left because these are large.</param>
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

    /// <summary>Whether a query gives a row.</summary>
    public static async ValueTask<bool> AnyAsync(this ISqlSession session, string sql, params SqlValue[] values) =>
        await session.FirstAsync(sql, static _ => true, values);
}
