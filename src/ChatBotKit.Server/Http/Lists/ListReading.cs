using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Http;

internal static class ListReading
{
    /// <summary>Reads a piece of a list that goes by <c>CreatedAt</c> and <c>Id</c>.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="table">A table with these two columns.</param>
    /// <param name="scope">Adds the conditions on what the caller may see; a cursor that does not meet them is unknown.</param>
    /// <param name="filter">Adds further conditions; a cursor need not meet them any more.</param>
    /// <param name="page">Which piece is wanted.</param>
    /// <param name="characters">How many characters a row holds.</param>
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

    /// <summary>The same for a query whose conditions are complete.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="table">The table of the query.</param>
    /// <param name="query">Selects whole rows and ends with a condition.</param>
    /// <param name="page">Which piece is wanted.</param>
    /// <param name="behind">Time and id of the row at the cursor; null for the beginning.</param>
    /// <param name="characters">How many characters a row holds.</param>
    public static async ValueTask<ListPiece<T>> ReadPieceAsync<T>(
        this ISqlSession db, SqlTable<T> table, SqlQuery query, ListPage page, (long At, string Id)? behind, Func<T, long> characters)
    {
        query.AddPage(page.Descending, behind, page.Take);
        var read = await db.ListAsync(query, table.Read, new SqlSize<T>(characters, ListPage.PieceCharacters));
        return new ListPiece<T>(read.Rows, read.IsCut || read.Rows.Count >= page.Take);
    }
}
