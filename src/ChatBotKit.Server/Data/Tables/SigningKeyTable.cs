using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of signing keys.</summary>
internal static class SigningKeyTable
{
    public static SqlTable<SigningKeyRow> Rows { get; } = new(
        "SigningKeys",
        [
            "Id", "PublicJwk", "ProtectedPrivateKey", "CreatedAt", "ActiveFrom", "RetiredAt", "RevokedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            PublicJwk = row.GetString(1),
            ProtectedPrivateKey = row.GetBytes(2),
            CreatedAt = row.GetInt64(3),
            ActiveFrom = row.GetInt64(4),
            RetiredAt = row.GetInt64OrNull(5),
            RevokedAt = row.GetInt64OrNull(6),
        },
        static (row, to) => to.Fill(
            row.Id, row.PublicJwk, row.ProtectedPrivateKey, row.CreatedAt, row.ActiveFrom, row.RetiredAt, row.RevokedAt));

    /// <summary>All keys, newest first.</summary>
    public const string NewestFirst = """ORDER BY "CreatedAt" DESC, "Id" """;

    /// <summary>Stores a key. From its start time on it is the only one that signs.</summary>
    public static async ValueTask AddSigningKeyAsync(this ISqlTransaction db, SigningKeyRow key)
    {
        await db.ExecuteAsync("""
            UPDATE "SigningKeys" SET "RetiredAt" = $1 WHERE "RetiredAt" IS NULL OR "RetiredAt" > $1
            """, key.ActiveFrom);
        await db.InsertAsync(Rows, key);
        db.Announce(RowChanges.OfSigningKey(key.Id, ChangeKind.Created));
    }

    public static async ValueTask RevokeSigningKeyAsync(this ISqlTransaction db, string id, long now)
    {
        await db.ExecuteAsync("""UPDATE "SigningKeys" SET "RevokedAt" = $2 WHERE "Id" = $1""", id, now);
        db.Announce(RowChanges.OfSigningKey(id, ChangeKind.Revoked));
    }
}
