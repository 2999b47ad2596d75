using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Http;

internal static class ListReading
{
    /// <summary>Reads a piece of a list that is sorted by <c>CreatedAt</c> and <c>Id</c>.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="table">A table with these two columns.</param>
    /// <param name="scope">Adds the conditions on what the caller may see. A cursor outside of them is unknown.</param>
    /// <param name="filter">Adds further conditions. A cursor need not match them.</param>
    /// <param name="page">The part of the list.</param>
    /// <param name="characters">Returns the number of characters of a row.</param>
    public static async ValueTask<ListPiece<T>> ReadPieceAsync<T>(
        this ISqlSession db, SqlTable<T> table, Action<SqlQuery> scope, Action<SqlQuery>? filter, ListPage page, Func<T, long> characters)
    {
        var query = new SqlQuery().AddSql(table.Select("WHERE TRUE"));
        scope(query);
        filter?.Invoke(query);
        if (page.Cursor is not { } cursor)
            return await db.ReadPieceAsync(table, query, page, behind: null, characters);
        var seen = new SqlQuery().AddSql(table.Select("CreatedAt", "WHERE TRUE"));
        scope(seen);
        seen.Add($" AND \"Id\" = {cursor}");
        return await db.FirstAsync(seen.Sql, static row => (long?)row.GetInt64(0), seen.Values) is { } at
            ? await db.ReadPieceAsync(table, query, page, (at, cursor), characters)
            : ListPiece.Nothing<T>();
    }

    /// <summary>Reads a piece of a list whose query already has all conditions.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="table">The table of the query.</param>
    /// <param name="query">A query for whole rows that ends with a condition.</param>
    /// <param name="page">The part of the list.</param>
    /// <param name="behind">Time and id of the row at the cursor; null for the first part.</param>
    /// <param name="characters">Returns the number of characters of a row.</param>
    public static async ValueTask<ListPiece<T>> ReadPieceAsync<T>(
        this ISqlSession db, SqlTable<T> table, SqlQuery query, ListPage page, (long At, string Id)? behind, Func<T, long> characters)
    {
        query.AddPage(page.Descending, behind, page.Take);
        var read = await db.ListAsync(query, table.Read, new SqlSize<T>(characters, ListPage.PieceCharacters));
        return new ListPiece<T>(read.Rows, read.IsCut || read.Rows.Count >= page.Take);
    }
}
