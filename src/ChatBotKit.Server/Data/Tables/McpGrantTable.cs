using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of sign-ins at MCP servers. They are deleted with their integration.</summary>
internal static class McpGrantTable
{
    public static SqlTable<McpGrantRow> Rows { get; } = new(
        "McpGrants",
        [
            "Id", "IntegrationId", "Client", "RedirectUri", "Challenge", "CodeHash", "CodeExpiresAt", "RedeemedAt", "AccessHash",
            "AccessExpiresAt", "RefreshHash", "UsedRefreshHash", "CreatedAt", "ExpiresAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            IntegrationId = row.GetString(1),
            Client = row.GetString(2),
            RedirectUri = row.GetString(3),
            Challenge = row.GetString(4),
            CodeHash = row.GetString(5),
            CodeExpiresAt = row.GetInt64(6),
            RedeemedAt = row.GetInt64OrNull(7),
            AccessHash = row.GetStringOrNull(8),
            AccessExpiresAt = row.GetInt64OrNull(9),
            RefreshHash = row.GetStringOrNull(10),
            UsedRefreshHash = row.GetStringOrNull(11),
            CreatedAt = row.GetInt64(12),
            ExpiresAt = row.GetInt64(13),
        },
        static (row, to) => to.Fill(
            row.Id, row.IntegrationId, row.Client, row.RedirectUri, row.Challenge, row.CodeHash, row.CodeExpiresAt, row.RedeemedAt,
            row.AccessHash, row.AccessExpiresAt, row.RefreshHash, row.UsedRefreshHash, row.CreatedAt, row.ExpiresAt));

    public static ValueTask<McpGrantRow?> FindMcpGrantAsync(this ISqlSession db, string id, string integrationId) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "IntegrationId" = $2""", id, integrationId);

    public static async ValueTask DeleteMcpGrantAsync(this ISqlTransaction db, string id) =>
        await db.ExecuteAsync("""DELETE FROM "McpGrants" WHERE "Id" = $1""", id);

    /// <summary>Deletes the sign-ins of an integration that have ended, and the oldest ones above a number.</summary>
    public static async ValueTask DeleteOldMcpGrantsAsync(this ISqlTransaction db, string integrationId, long now, int keep)
    {
        await db.ExecuteAsync("""DELETE FROM "McpGrants" WHERE "IntegrationId" = $1 AND "ExpiresAt" <= $2""", integrationId, now);
        await db.ExecuteAsync(
            """
            DELETE FROM "McpGrants" WHERE "IntegrationId" = $1 AND "Id" NOT IN (
                SELECT "Id" FROM "McpGrants" WHERE "IntegrationId" = $1 ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $2)
            """,
            integrationId, keep);
    }
}
