using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of API tokens.</summary>
internal static class ApiTokenTable
{
    public static SqlTable<ApiTokenRow> Rows { get; } = new(
        "ApiTokens",
        [
            "Id", "AccountId", "Hash", "KeyId", "Name", "CreatedAt", "ExpiresAt", "LastUsedAt", "RevokedAt",
            "Description", "Config", "Meta", "UpdatedAt", "IsSession",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            Hash = row.GetBytes(2),
            KeyId = row.GetStringOrNull(3),
            Name = row.GetString(4),
            CreatedAt = row.GetInt64(5),
            ExpiresAt = row.GetInt64OrNull(6),
            LastUsedAt = row.GetInt64OrNull(7),
            RevokedAt = row.GetInt64OrNull(8),
            Description = row.GetStringOrNull(9),
            Config = row.GetStringOrNull(10),
            Meta = row.GetStringOrNull(11),
            UpdatedAt = row.GetInt64OrNull(12),
            IsSession = row.GetBoolean(13),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.Hash, row.KeyId, row.Name, row.CreatedAt, row.ExpiresAt, row.LastUsedAt,
            row.RevokedAt, row.Description, row.Config, row.Meta, row.UpdatedAt, row.IsSession));

    /// <summary>The API tokens of accounts without a parent, and those that an older version stored; newest first.</summary>
    public const string OfOwners = """
        WHERE "AccountId" IN (SELECT "Id" FROM "Accounts" WHERE "ParentId" IS NULL) OR "KeyId" IS NULL
        ORDER BY "CreatedAt" DESC, "Id" DESC
        """;

    /// <summary>The token with the stored hash. Values: hash.</summary>
    public const string OfHash = """WHERE "Hash" = $1""";

    public static ValueTask<ApiTokenRow?> FindApiTokenAsync(this ISqlSession db, string id) =>
        db.FirstAsync(Rows, "WHERE \"Id\" = $1", id);

    /// <summary>Finds a token of the account by its id; null when there is none.</summary>
    public static ValueTask<ApiTokenRow?> FindApiTokenAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(Rows, "WHERE \"Id\" = $1 AND \"AccountId\" = $2", id, accountId);

    /// <summary>Lists the tokens of the account that are not revoked; some may have expired.</summary>
    public static ValueTask<List<ApiTokenRow>> ListUnrevokedApiTokensAsync(this ISqlSession db, string accountId) =>
        db.ListAsync(Rows, "WHERE \"AccountId\" = $1 AND \"RevokedAt\" IS NULL", accountId);

    /// <summary>Lists the tokens that an older version stored, whose hash has no key.</summary>
    public static ValueTask<List<ApiTokenRow>> ListApiTokensWithoutKeyAsync(this ISqlSession db) =>
        db.ListAsync(Rows, "WHERE \"KeyId\" IS NULL");

    /// <summary>Adds the condition that a token belongs to the account and is not the token of a session.</summary>
    public static void AddListed(SqlQuery query, string accountId) =>
        query.Add($" AND \"AccountId\" = {accountId} AND \"IsSession\" = {false}");

    public static async ValueTask SetApiTokenHashAsync(this ISqlTransaction db, string id, byte[] hash, string keyId) =>
        await db.ExecuteAsync("""UPDATE "ApiTokens" SET "Hash" = $2, "KeyId" = $3 WHERE "Id" = $1""", id, hash, keyId);

    public static async ValueTask RevokeApiTokenAsync(this ISqlTransaction db, ApiTokenRow token, long now)
    {
        await db.ExecuteAsync("""UPDATE "ApiTokens" SET "RevokedAt" = $2 WHERE "Id" = $1""", token.Id, now);
        db.Announce(token.Changed(ChangeKind.Revoked));
    }

    /// <summary>Changes the id of the token.</summary>
    public static async ValueTask RenameApiTokenAsync(this ISqlTransaction db, string id, string newId) =>
        await db.ExecuteAsync("""UPDATE "ApiTokens" SET "Id" = $2 WHERE "Id" = $1""", id, newId);

    public static async ValueTask DeleteApiTokenAsync(this ISqlTransaction db, ApiTokenRow token)
    {
        await db.ExecuteAsync("""DELETE FROM "ApiTokens" WHERE "Id" = $1""", token.Id);
        db.Announce(token.Changed(ChangeKind.Deleted));
    }

    /// <summary>Counts the valid tokens of the account.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="areSessions">Whether to count the tokens of sessions, or all others.</param>
    /// <param name="now">The current time.</param>
    public static ValueTask<long> CountGoodApiTokensAsync(this ISqlSession db, string accountId, bool areSessions, long now) => db.FirstAsync(
        """
        SELECT count(*) FROM "ApiTokens"
        WHERE "AccountId" = $1 AND "IsSession" = $2 AND "RevokedAt" IS NULL AND ("ExpiresAt" IS NULL OR "ExpiresAt" > $3)
        """,
        static row => row.GetInt64(0), accountId, areSessions, now);

    /// <summary>Deletes the expired and revoked tokens of sessions of the account.</summary>
    public static async ValueTask DeleteEndedSessionTokensAsync(this ISqlTransaction db, string accountId, long now) => await db.ExecuteAsync(
        """DELETE FROM "ApiTokens" WHERE "AccountId" = $1 AND "IsSession" = TRUE AND "ExpiresAt" <= $2""", accountId, now);

    /// <summary>Deletes all tokens of the account.</summary>
    public static async ValueTask DeleteApiTokensAsync(this ISqlTransaction db, string accountId) =>
        await db.ExecuteAsync("""DELETE FROM "ApiTokens" WHERE "AccountId" = $1""", accountId);

    /// <summary>Stores when tokens were last used. A time that is older than the stored one is ignored.</summary>
    /// <returns>The number of changed rows.</returns>
    public static async ValueTask<int> NoteApiTokenUsesAsync(this ISqlTransaction db, IReadOnlyList<ApiTokenUse> uses)
    {
        var changed = 0;
        foreach (var use in uses)
        {
            changed += await db.ExecuteAsync("""
                UPDATE "ApiTokens" SET "LastUsedAt" = $2 WHERE "Id" = $1 AND coalesce("LastUsedAt", 0) < $2
                """, use.TokenId, use.At);
        }

        return changed;
    }
}
