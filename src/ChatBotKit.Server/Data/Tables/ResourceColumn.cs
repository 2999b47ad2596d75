using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// A column that refers to a resource, in a table that can have very many rows. The id of a deleted resource is read as null, so the
/// column can be cleared after the deletion, in small transactions.
/// </summary>
/// <param name="Table">The table. It has the columns <c>Id</c> and <c>AccountId</c>.</param>
/// <param name="Column">The column. It has an index.</param>
internal sealed record ResourceColumn(string Table, string Column)
{
    /// <summary>The maximum number of rows that one transaction clears, so that other writes can run in between.</summary>
    public const int BatchSize = 500;

    /// <summary>Creates the change to announce for a cleared row from its id and account; null to announce nothing.</summary>
    public Func<string, string, Change>? Changed { get; init; }

    /// <summary>The SQL expression of the value in a query, which is null when the resource was deleted.</summary>
    public string Value => $"""(SELECT target."Id" FROM "Resources" AS target WHERE target."Id" = "{Column}")""";

    /// <summary>The SQL statement that clears the column in one batch of rows. Its parameter is the id of the resource.</summary>
    public string Clear => $"""
        UPDATE "{Table}" SET "{Column}" = NULL
        WHERE "Id" IN (SELECT "Id" FROM "{Table}" WHERE "{Column}" = $1 LIMIT {BatchSize})
        RETURNING "Id", "AccountId"
        """;

    /// <summary>Adds the condition that the column refers to one of the resources.</summary>
    public void AddTo(SqlQuery query, IReadOnlyList<string> ids) =>
        query.AddIn($"\"{Column}\"", ids).AddSql($" AND {Value} IS NOT NULL");

    /// <summary>Clears the column in all rows that refer to a deleted resource.</summary>
    public async Task ClearAsync(IStore store, string resourceId)
    {
        for (var cleared = BatchSize; cleared == BatchSize;)
            cleared = await store.ChangeAsync(db => ClearSomeAsync(db, resourceId), CancellationToken.None);
    }

    private async ValueTask<int> ClearSomeAsync(ISqlTransaction db, string resourceId)
    {
        var rows = await db.ListAsync(Clear, static row => (Id: row.GetString(0), AccountId: row.GetString(1)), resourceId);
        foreach (var row in rows)
        {
            if (Changed is not null)
                db.Announce(Changed(row.Id, row.AccountId));
        }

        return rows.Count;
    }
}
