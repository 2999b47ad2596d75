namespace ChatBotKit.Server.Data;

/// <summary>Queries that read what several others refer to at once.</summary>
internal static class ResourceBatchQueries
{
    /// <summary>Returns those of the resources that belong to the account.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="ids">The ids, at least one.</param>
    /// <param name="maxBytes">No further resource is read once the documents have this size.</param>
    public static async ValueTask<IReadOnlyList<ResourceRow>> ListByIdsAsync(
        this ISqlSession db, string accountId, IReadOnlyList<string> ids, long maxBytes)
    {
        var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).AddIn("\"Id\"", ids).Add($" AND \"AccountId\" = {accountId}");
        return (await db.ListAsync(query, ResourceTable.Rows.Read, SizeUpTo(maxBytes))).Rows;
    }

    /// <summary>Returns the first children of each parent, those of a parent one after another and in their order.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">The kind of the children.</param>
    /// <param name="parents">The ids of the parents, at least one.</param>
    /// <param name="descending">Whether the newest child comes first.</param>
    /// <param name="take">The maximum number of children of a parent.</param>
    /// <param name="maxBytes">No further resource is read once the documents have this size.</param>
    public static async ValueTask<IReadOnlyList<ResourceRow>> ListChildrenAsync(
        this ISqlSession db, string accountId, string kind, IReadOnlyList<string> parents, bool descending, int take, long maxBytes)
    {
        var order = descending ? "\"CreatedAt\" DESC, \"Id\" DESC" : "\"CreatedAt\", \"Id\"";
        var query = new SqlQuery()
            .AddSql($"SELECT {ResourceTable.Rows.Columns} FROM (SELECT {ResourceTable.Rows.Columns}, ")
            .AddSql($"row_number() OVER (PARTITION BY \"ParentId\" ORDER BY {order}) AS \"Place\" FROM \"Resources\"")
            .Add($" WHERE \"Kind\" = {kind} AND \"AccountId\" = {accountId}").AddIn("\"ParentId\"", parents)
            .Add($") AS children WHERE \"Place\" <= {take} ORDER BY \"ParentId\", \"Place\"");
        return (await db.ListAsync(query, ResourceTable.Rows.Read, SizeUpTo(maxBytes))).Rows;
    }

    private static SqlSize<ResourceRow> SizeUpTo(long maxBytes) => new(static row => row.Data.Length, maxBytes + 1);
}
