using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Appends audit records to the chain of their account. The database computes number and hash from the last record at the time of the
/// statement. An earlier statement locks the account until the transaction ends, so no other transaction appends to the same record.
/// </summary>
internal static class PostgresAudit
{
    /// <summary>Locks the chain of an account until the transaction ends. Values: account.</summary>
    public const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    /// <summary>
    /// Prevents other transactions from appending to any chain. The statement takes no snapshot, so a later read returns the last record.
    /// </summary>
    public const string LockAll = """LOCK TABLE "AuditRecords" IN SHARE ROW EXCLUSIVE MODE""";

    private const string Any = $"{Insert} FROM {Last}";

    // The first use of a session is recorded only if the session has not been used before.
    private const string FirstUse = $"""
        WITH used AS (
            UPDATE "Sessions" SET "FirstUsedAt" = $13 WHERE "Id" = $7 AND "FirstUsedAt" IS NULL RETURNING 1)
        {Insert} FROM {Last} WHERE EXISTS (SELECT 1 FROM used)
        """;

    private const string Insert = """
        INSERT INTO "AuditRecords" (
            "AccountId", "Number", "Id", "Type", "Code", "ActorKind", "ActorId", "SessionId", "ConversationId", "ContactId", "Address",
            "Origin", "Count", "CreatedAt", "PreviousHash", "Hash")
        SELECT $1, last."Number" + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, last."Hash",
            sha256(convert_to(CAST(last."Number" + 1 AS text) || $14 || encode(last."Hash", 'hex'), 'UTF8'))
        """;

    private const string Last = """
        ((SELECT "Number", "Hash" FROM "AuditRecords" WHERE "AccountId" = $1 ORDER BY "Number" DESC LIMIT 1)
            UNION ALL SELECT 0, decode(repeat('00', 32), 'hex')
            ORDER BY "Number" DESC LIMIT 1) AS last
        """;

    public static string Append(AuditRow record) => record.Type == SessionAuditType.Use.Value ? FirstUse : Any;

    public static SqlValue[] Values(AuditRow record) =>
    [
        record.AccountId, record.Id, record.Type, record.Code, record.ActorKind, record.ActorId, record.SessionId, record.ConversationId,
        record.ContactId, record.Address, record.Origin, record.Count, record.CreatedAt, record.TextBehindNumber(),
    ];
}
