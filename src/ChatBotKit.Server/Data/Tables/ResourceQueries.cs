namespace ChatBotKit.Server.Data;

/// <summary>Queries about the accounts that resources belong to, and about references.</summary>
internal static class ResourceQueries
{
    /// <summary>The parent of an account. Values: account.</summary>
    public const string ParentOf = """SELECT "ParentId" FROM "Accounts" WHERE "Id" = $1 AND "ParentId" IS NOT NULL""";

    /// <summary>
    /// The accounts that are related to one: its parent, children and siblings, and the account itself. Values: account. A
    /// condition on <c>a</c> must follow.
    /// </summary>
    private const string Related = """
        SELECT a."Id" FROM "Accounts" a JOIN "Accounts" own ON own."Id" = $1
        WHERE (a."Id" = own."Id" OR a."Id" = own."ParentId" OR a."ParentId" = own."Id" OR a."ParentId" = own."ParentId")
        """;

    /// <summary>Whether two accounts are related. Values: the accounts.</summary>
    public const string AreRelated = Related + """ AND a."Id" = $2""";

    /// <summary>Adds the condition that the resource refers to one of the targets in a field.</summary>
    public static void AddLinkedTo(this SqlQuery query, string link, IReadOnlyList<string> targets) =>
        query.Add($""" AND "Id" IN (SELECT "FromId" FROM "ResourceLinks" WHERE "Field" = {link}""").AddIn("\"ToId\"", targets).AddSql(")");

    /// <summary>Adds the condition that the resource has not expired.</summary>
    /// <param name="query">The query.</param>
    /// <param name="dialect">The dialect of the database.</param>
    /// <param name="field">The field with the time of expiry.</param>
    /// <param name="now">The current time.</param>
    public static void AddUnexpired(this SqlQuery query, SqlDialect dialect, string field, long now)
    {
        var expiry = dialect.IntegerIn("\"Data\"", field);
        query.AddSql($" AND ({expiry} IS NULL OR {expiry} > ").Add($"{now})");
    }

    /// <summary>Lists the oldest expired resources of a kind.</summary>
    public static ValueTask<List<ResourceRow>> ListExpiredAsync(this ISqlSession db, string kind, string field, long now, int take)
    {
        var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).Add($" AND \"Kind\" = {kind}");
        query.AddSql($" AND {db.Dialect.IntegerIn("\"Data\"", field)} <= ").Add($"{now} ORDER BY \"Id\" LIMIT {take}");
        return db.ListAsync(query, ResourceTable.Rows.Read);
    }

    /// <summary>Lists the resources of two kinds and of an account that refer to a resource, the oldest first.</summary>
    public static ValueTask<List<ResourceRow>> ListLinkedToAsync(
        this ISqlSession db, string id, string accountId, string kind, string otherKind, int take) => db.ListAsync(
        ResourceTable.Rows,
        """
        WHERE "Id" IN (SELECT link."FromId" FROM "ResourceLinks" AS link WHERE link."ToId" = $1)
            AND "AccountId" = $2 AND "Kind" IN ($3, $4) ORDER BY "CreatedAt", "Id" LIMIT $5
        """,
        id, accountId, kind, otherKind, take);

    /// <summary>Lists the next ids of a kind, of all accounts, in their order.</summary>
    public static ValueTask<List<string>> ListIdsAsync(this ISqlSession db, string kind, string after, int take) => db.ListAsync(
        """SELECT "Id" FROM "Resources" WHERE "Kind" = $1 AND "Id" > $2 ORDER BY "Id" LIMIT $3""",
        static row => row.GetString(0), kind, after, take);

    /// <summary>Whether a resource with that id exists. Values: id.</summary>
    public const string Exists = """SELECT 1 FROM "Resources" WHERE "Id" = $1""";

    /// <summary>The related account with that alias. Values: account, alias.</summary>
    public const string RelatedOfAlias = Related + """ AND a."Alias" = $2""";
}
