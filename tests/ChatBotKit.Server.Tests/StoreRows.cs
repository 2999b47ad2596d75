using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests;

/// <summary>Reads and writes rows of a store directly, without the server.</summary>
internal static class StoreRows
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Returns the rows of the table that match the condition.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this IStore store, SqlTable<T> table, string condition = "", params SqlValue[] values) =>
        await store.QueryAsync(db => db.ListAsync(table, condition, values), Token);

    /// <summary>Returns the only row.</summary>
    public static async Task<T> SingleAsync<T>(
        this IStore store, SqlTable<T> table, string condition = "", params SqlValue[] values) =>
        Assert.Single(await store.ListAsync(table, condition, values));

    /// <summary>Returns the number of rows.</summary>
    public static async Task<int> CountAsync<T>(
        this IStore store, SqlTable<T> table, string condition = "", params SqlValue[] values) =>
        await store.QueryAsync(
            db => db.FirstAsync($"SELECT count(*) FROM \"{table.Name}\" {condition}", row => row.GetInt32(0), values), Token);

    /// <summary>Inserts the rows in one transaction.</summary>
    public static async Task InsertAsync<T>(this IStore store, SqlTable<T> table, params IReadOnlyList<T> rows) =>
        await store.ChangeAsync(
            async db =>
            {
                foreach (var row in rows)
                    await db.InsertAsync(table, row);
                return rows.Count;
            },
            Token);

    /// <summary>Runs a statement and returns the number of changed rows.</summary>
    public static Task<int> ExecuteAsync(this IStore store, string sql, params SqlValue[] values) =>
        store.ChangeAsync(db => db.ExecuteAsync(sql, values), Token);
}
