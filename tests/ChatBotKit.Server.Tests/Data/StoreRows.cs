using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Lets a test look at rows, and set them, past the API.</summary>
internal static class StoreRows
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<int> AddAsync<T>(this IStore store, SqlTable<T> table, params T[] rows) => store.ChangeAsync(
        async db =>
        {
            foreach (var row in rows)
                await db.InsertAsync(table, row);
            return rows.Length;
        },
        Cancellation);

    /// <summary>All rows of a table, or those that the condition selects.</summary>
    public static async Task<List<T>> ListAsync<T>(this IStore store, SqlTable<T> table, string condition = "") =>
        await store.QueryAsync(db => db.ListAsync(table, condition), Cancellation);

    public static async Task<int> CountAsync<T>(this IStore store, SqlTable<T> table) => (await store.ListAsync(table)).Count;

    public static Task<int> ExecuteAsync(this IStore store, string sql) => store.ChangeAsync(db => db.ExecuteAsync(sql), Cancellation);
}
