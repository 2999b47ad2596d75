using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// A column that names a resource, in a table that can have a great many rows. An id whose resource is gone is read as null, so it does
/// not matter when it is cleared: that happens after the deletion, a piece at a time.
/// </summary>
/// <param name="Table">The table, which has the columns <c>Id</c> and <c>AccountId</c>.</param>
/// <param name="Column">The column; an index finds its values.</param>
internal sealed record ResourceColumn(string Table, string Column)
{
    /// <summary>How many rows one transaction clears, so that other writes get in between.</summary>
    public const int BatchSize = 500;

    /// <summary>What to announce of a row whose column was cleared, given its id and account; null for nothing.</summary>
    public Func<string, string, Change>? Changed { get; init; }

    /// <summary>The value of the column in a query: null where the resource is gone.</summary>
    public string Value => $"""(SELECT target."Id" FROM "Resources" AS target WHERE target."Id" = "{Column}")""";

    /// <summary>Clears the column in some rows. Values: resource.</summary>
    public string Clear => $"""
        UPDATE "{Table}" SET "{Column}" = NULL
        WHERE "Id" IN (SELECT "Id" FROM "{Table}" WHERE "{Column}" = $1 LIMIT {BatchSize})
        RETURNING "Id", "AccountId"
        """;

    /// <summary>Adds the condition that the column names one of the resources.</summary>
    public void AddTo(SqlQuery query, IReadOnlyList<string> ids) =>
        query.AddIn($"\"{Column}\"", ids).AddSql($" AND {Value} IS NOT NULL");

    /// <summary>Clears the column in all rows that name a resource which is gone.</summary>
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
