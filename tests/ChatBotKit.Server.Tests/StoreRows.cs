using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests;

/// <summary>Looks at rows of a store and sets them, past the server.</summary>
internal static class StoreRows
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The rows of the table; what follows its name in the query may be given.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this IStore store, SqlTable<T> table, string condition = "", params SqlValue[] values) =>
        await store.QueryAsync(db => db.ListAsync(table, condition, values), Token);

    /// <summary>The only row.</summary>
    public static async Task<T> SingleAsync<T>(
        this IStore store, SqlTable<T> table, string condition = "", params SqlValue[] values) =>
        Assert.Single(await store.ListAsync(table, condition, values));

    /// <summary>How many rows there are.</summary>
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

    /// <summary>Runs a statement; returns how many rows changed.</summary>
    public static Task<int> ExecuteAsync(this IStore store, string sql, params SqlValue[] values) =>
        store.ChangeAsync(db => db.ExecuteAsync(sql, values), Token);
}
