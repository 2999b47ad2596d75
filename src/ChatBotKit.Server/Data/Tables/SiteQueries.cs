namespace ChatBotKit.Server.Data;

/// <summary>Queries about the sites of spaces.</summary>
internal static class SiteQueries
{
    /// <summary>Finds a site by its slug, which is unique on the server. The condition is that of the unique index.</summary>
    public static ValueTask<ResourceRow?> FindSiteAsync(this ISqlSession db, string slug) =>
        db.FirstAsync(ResourceTable.Rows, $"""WHERE "Kind" = 'site' AND {db.Dialect.Slug} = $1""", slug);
}
