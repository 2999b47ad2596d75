namespace ChatBotKit.Server.Data;

/// <summary>Queries about the resources of a blueprint.</summary>
internal static class BlueprintQueries
{
    /// <summary>Returns the oldest resources of a blueprint.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="blueprintId">The blueprint.</param>
    /// <param name="links">The names of the links to a blueprint in the index.</param>
    /// <param name="parentLinks">The names of the links of kinds whose children belong to the blueprint of their parent.</param>
    /// <param name="take">The maximum number of resources.</param>
    /// <param name="maxBytes">No further resource is read once the documents have this size.</param>
    public static ValueTask<SqlPage<ResourceRow>> ListMembersAsync(
        this ISqlSession db, string blueprintId, IReadOnlyList<string> links, IReadOnlyList<string> parentLinks, int take, long maxBytes)
    {
        var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE (\"Id\" IN ("));
        AddLinked(query, blueprintId, links);
        if (parentLinks.Count > 0)
        {
            query.AddSql(" OR \"ParentId\" IN (");
            AddLinked(query, blueprintId, parentLinks);
        }

        query.AddSql(") ORDER BY \"CreatedAt\", \"Id\"").Add($" LIMIT {take}");
        return db.ListAsync(query, ResourceTable.Rows.Read, new SqlSize<ResourceRow>(static row => row.Data.Length, maxBytes));
    }

    private static void AddLinked(SqlQuery query, string blueprintId, IReadOnlyList<string> links) =>
        query.Add($"SELECT \"FromId\" FROM \"ResourceLinks\" WHERE \"ToId\" = {blueprintId}").AddIn("\"Field\"", links).AddSql(")");
}
