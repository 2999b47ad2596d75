namespace ChatBotKit.Server.Data;

/// <summary>The stored policies, and what the policies of usage have done.</summary>
internal static class PolicyTable
{
    private const string Columns = """
        policy."Id", policy."AccountId", policy."Data", state."BlockedUntil", state."MailedAt"
        FROM "Resources" AS policy LEFT JOIN "PolicyStates" AS state ON state."PolicyId" = policy."Id"
        """;

    private const string Scope = """ "CreatedAt" > $2 AND "AccountId" = $1""";

    /// <summary>Lists the policies of an account.</summary>
    public static ValueTask<List<PolicyRow>> ListPoliciesAsync(this ISqlSession db, string accountId) => db.ListAsync(
        $"""SELECT {Columns} WHERE policy."AccountId" = $1 AND policy."Kind" = 'policy' ORDER BY policy."CreatedAt", policy."Id" """,
        PolicyRow.Read, accountId);

    /// <summary>Lists the next policies of all accounts in the order of their ids.</summary>
    public static ValueTask<List<PolicyRow>> ListAllPoliciesAsync(this ISqlSession db, string after, int take) => db.ListAsync(
        $"""SELECT {Columns} WHERE policy."Kind" = 'policy' AND policy."Id" > $1 ORDER BY policy."Id" LIMIT $2""",
        PolicyRow.Read, after, take);

    public static ValueTask<PolicyRow?> FindPolicyAsync(this ISqlSession db, string id) => db.FirstAsync(
        $"""SELECT {Columns} WHERE policy."Id" = $1 AND policy."Kind" = 'policy'""", PolicyRow.Read, id);

    /// <summary>Stores what a policy has done.</summary>
    /// <exception cref="MissingParentException">The policy was deleted.</exception>
    public static async ValueTask PutPolicyStateAsync(this ISqlTransaction db, string policyId, long? blockedUntil, long? mailedAt) =>
        await db.ExecuteAsync(
            """
            INSERT INTO "PolicyStates" ("PolicyId", "BlockedUntil", "MailedAt") VALUES ($1, $2, $3)
            ON CONFLICT ("PolicyId") DO UPDATE SET "BlockedUntil" = excluded."BlockedUntil", "MailedAt" = excluded."MailedAt"
            """,
            policyId, blockedUntil, mailedAt);

    /// <summary>Lifts the block of a policy that has changed. It still remembers its last e-mail.</summary>
    public static async ValueTask LiftBlockAsync(this ISqlTransaction db, string policyId) =>
        await db.ExecuteAsync("""UPDATE "PolicyStates" SET "BlockedUntil" = NULL WHERE "PolicyId" = $1""", policyId);

    /// <summary>Adds up the usage of an account after a time.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="metric"><c>tokens</c>, <c>messages</c> or <c>conversations</c>.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="botId">The bot; null for the whole account.</param>
    /// <param name="after">The time.</param>
    public static ValueTask<long> SumUsageAsync(this ISqlSession db, string metric, string accountId, string? botId, long after)
    {
        var sum = metric switch
        {
            "tokens" => "coalesce(sum(\"InputTokens\" + \"OutputTokens\"), 0) AS bigint) FROM \"UsageRecords\"",
            "messages" => "coalesce(sum(\"Messages\"), 0) AS bigint) FROM \"UsageRecords\"",
            _ => "count(*) AS bigint) FROM \"Conversations\"",
        };
        return botId is null
            ? db.FirstAsync($"SELECT CAST({sum} WHERE{Scope}", static row => row.GetInt64(0), accountId, after)
            : db.FirstAsync($"SELECT CAST({sum} WHERE{Scope} AND \"BotId\" = $3", static row => row.GetInt64(0), accountId, after, botId);
    }
}

/// <summary>A stored policy.</summary>
/// <param name="Id">The id.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Data">The document.</param>
/// <param name="BlockedUntil">Until when it blocks its bots, in Unix milliseconds; null when it has not.</param>
/// <param name="MailedAt">When it sent its last e-mail; null when it has sent none.</param>
internal sealed record PolicyRow(string Id, string AccountId, byte[] Data, long? BlockedUntil, long? MailedAt)
{
    public static PolicyRow Read(SqlRow row) =>
        new(row.GetString(0), row.GetString(1), row.GetBytes(2), row.GetInt64OrNull(3), row.GetInt64OrNull(4));
}
