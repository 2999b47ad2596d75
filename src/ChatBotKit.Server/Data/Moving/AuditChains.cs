using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>Verifies the audit chains of all accounts of a database.</summary>
internal static class AuditChains
{
    /// <returns>The accounts whose chain is broken, with the number of the first wrong or missing record.</returns>
    public static async ValueTask<IReadOnlyList<(string AccountId, long Number)>> FindBrokenAsync(ISqlSession db)
    {
        var broken = new List<(string, long)>();
        for (var account = ""; await NextAccountAsync(db, account) is { } next; account = next)
        {
            var result = await AuditVerifier.VerifyAsync((after, take) => db.ListAuditChainAsync(next, after, long.MaxValue, take));
            if (result.BrokenAt is { } number)
                broken.Add((next, number));
        }

        return broken;
    }

    private static ValueTask<string?> NextAccountAsync(ISqlSession db, string after) => db.FirstAsync(
        """SELECT "AccountId" FROM "AuditRecords" WHERE "AccountId" > $1 ORDER BY "AccountId" LIMIT 1""", static row => row.GetString(0), after);
}
