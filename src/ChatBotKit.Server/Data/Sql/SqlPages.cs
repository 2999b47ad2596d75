namespace ChatBotKit.Server.Data;

/// <summary>Adds the paging to a query. Lists are sorted by the columns <c>CreatedAt</c> and <c>Id</c>.</summary>
internal static class SqlPages
{
    /// <param name="query">A query that ends with a condition.</param>
    /// <param name="descending">Whether the newest row comes first.</param>
    /// <param name="behind">Time and id of the row after which the page begins; null for the first page.</param>
    /// <param name="take">The maximum number of rows.</param>
    public static SqlQuery AddPage(this SqlQuery query, bool descending, (long At, string Id)? behind, int take)
    {
        if (behind is var (at, id))
            query.AddSql(descending ? " AND (\"CreatedAt\", \"Id\") < (" : " AND (\"CreatedAt\", \"Id\") > (").Add($"{at}, {id})");
        return query.AddSql(descending ? " ORDER BY \"CreatedAt\" DESC, \"Id\" DESC" : " ORDER BY \"CreatedAt\", \"Id\"").Add($" LIMIT {take}");
    }
}
