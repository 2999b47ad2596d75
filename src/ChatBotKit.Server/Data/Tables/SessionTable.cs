using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of sessions.</summary>
internal static class SessionTable
{
    /// <summary>Adds to the use of a session. Values: id, messages, tokens, bytes of attachments.</summary>
    public const string AddUse = """
        UPDATE "Sessions" SET "UsedMessages" = "UsedMessages" + $2, "UsedTokens" = "UsedTokens" + $3,
            "UsedAttachmentBytes" = "UsedAttachmentBytes" + $4
        WHERE "Id" = $1
        """;

    /// <summary>Stores the time of the first use, if the session has not been used before. Values: id, time.</summary>
    public const string NoteFirstUse = """UPDATE "Sessions" SET "FirstUsedAt" = $2 WHERE "Id" = $1 AND "FirstUsedAt" IS NULL""";

    /// <summary>A session whose account is not being deleted. Values: id.</summary>
    public const string Usable = """
        WHERE "Id" = $1
            AND NOT EXISTS (SELECT 1 FROM "Accounts" WHERE "Accounts"."Id" = "Sessions"."AccountId" AND "Accounts"."DeletedAt" IS NOT NULL)
        """;

    public static SqlTable<SessionRow> Rows { get; } = new(
        "Sessions",
        [
            "Id", "AccountId", "ConversationId", "ContactId", "Permissions", "Origins", "Refreshable", "CreatedAt",
            "ExpiresAt", "AbsoluteExpiresAt", "DurationInSeconds", "Generation", "PreviousUntil", "Limits", "Meta",
            "UsedMessages", "UsedTokens", "UsedAttachmentBytes", "FirstUsedAt", "RefreshedAt", "RevokedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetString(2),
            ContactId = row.GetStringOrNull(3),
            Permissions = row.GetStringOrNull(4),
            Origins = row.GetStringOrNull(5),
            Refreshable = row.GetBoolean(6),
            CreatedAt = row.GetInt64(7),
            ExpiresAt = row.GetInt64(8),
            AbsoluteExpiresAt = row.GetInt64OrNull(9),
            DurationInSeconds = row.GetInt32(10),
            Generation = row.GetInt32(11),
            PreviousUntil = row.GetInt64OrNull(12),
            Limits = row.GetStringOrNull(13),
            Meta = row.GetStringOrNull(14),
            UsedMessages = row.GetInt32(15),
            UsedTokens = row.GetInt64(16),
            UsedAttachmentBytes = row.GetInt64(17),
            FirstUsedAt = row.GetInt64OrNull(18),
            RefreshedAt = row.GetInt64OrNull(19),
            RevokedAt = row.GetInt64OrNull(20),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.ContactId, row.Permissions, row.Origins, row.Refreshable,
            row.CreatedAt, row.ExpiresAt, row.AbsoluteExpiresAt, row.DurationInSeconds, row.Generation,
            row.PreviousUntil, row.Limits, row.Meta, row.UsedMessages, row.UsedTokens, row.UsedAttachmentBytes,
            row.FirstUsedAt, row.RefreshedAt, row.RevokedAt));

    public static ValueTask<SessionRow?> FindSessionAsync(this ISqlSession db, string id) =>
        db.FirstAsync(Rows, "WHERE \"Id\" = $1", id);

    /// <summary>Finds a session of the account in the conversation; null when there is none.</summary>
    public static ValueTask<SessionRow?> FindSessionAsync(this ISqlSession db, string id, string conversationId, string accountId) =>
        db.FirstAsync(Rows, "WHERE \"Id\" = $1 AND \"ConversationId\" = $2 AND \"AccountId\" = $3", id, conversationId, accountId);

    /// <summary>
    /// Lists the sets of origins that active sessions of a conversation are bound to, each with the latest expiry of its sessions.
    /// </summary>
    public static ValueTask<List<(string? Origins, long Until)>> ListSessionOriginsAsync(
        this ISqlSession db, string conversationId, long now) => db.ListAsync("""
            SELECT "Origins", max("ExpiresAt") FROM "Sessions"
            WHERE "ConversationId" = $1 AND "RevokedAt" IS NULL AND "ExpiresAt" > $2 GROUP BY "Origins"
            """, static row => (row.GetStringOrNull(0), row.GetInt64(1)), conversationId, now);

    /// <summary>Stores the result of a refresh.</summary>
    public static async ValueTask RenewSessionAsync(this ISqlTransaction db, SessionRow session)
    {
        await db.ExecuteAsync("""
            UPDATE "Sessions" SET "Generation" = $2, "ExpiresAt" = $3, "RefreshedAt" = $4, "PreviousUntil" = $5 WHERE "Id" = $1
            """, session.Id, session.Generation, session.ExpiresAt, session.RefreshedAt, session.PreviousUntil);
        db.Announce(session.Changed(ChangeKind.Updated));
    }

    public static async ValueTask RevokeSessionAsync(this ISqlTransaction db, SessionRow session, long now)
    {
        await db.ExecuteAsync("""UPDATE "Sessions" SET "RevokedAt" = $2 WHERE "Id" = $1""", session.Id, now);
        db.Announce(session.Changed(ChangeKind.Revoked));
    }

    /// <summary>
    /// Revokes active sessions of the account in the order of their ids. Sessions that were created after the given time are not
    /// revoked.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="which">Adds conditions on the session.</param>
    /// <param name="now">The time.</param>
    /// <param name="take">The maximum number of sessions.</param>
    /// <returns>The sessions before the revocation.</returns>
    public static async ValueTask<List<SessionRow>> RevokeSessionsAsync(
        this ISqlTransaction db, string accountId, Action<SqlQuery> which, long now, int take)
    {
        var query = Active(new SqlQuery().AddSql(Rows.Select("")));
        var ending = await db.ListAsync(query.Add($" ORDER BY \"Id\" LIMIT {take}"), Rows.Read);
        if (ending.Count == 0)
            return ending;
        // Selects the same rows again by a range of ids, which needs no list of up to a thousand parameters.
        var update = Active(new SqlQuery().Add($"UPDATE \"Sessions\" SET \"RevokedAt\" = {now} "));
        update.Add($" AND \"Id\" <= {ending[^1].Id}");
        await db.ExecuteAsync(update.Sql, update.Values);
        foreach (var session in ending)
            db.Announce(session.Changed(ChangeKind.Revoked));
        return ending;

        SqlQuery Active(SqlQuery sql)
        {
            sql.Add($"WHERE \"AccountId\" = {accountId} AND \"RevokedAt\" IS NULL AND \"ExpiresAt\" > {now} AND \"CreatedAt\" <= {now}");
            which(sql);
            return sql;
        }
    }

    /// <summary>Adds the condition that a session belongs to the account.</summary>
    public static void AddAccount(SqlQuery query, string accountId) => query.Add($" AND \"AccountId\" = {accountId}");

    /// <summary>Adds the condition that a session belongs to the conversation.</summary>
    public static void AddConversation(SqlQuery query, string conversationId) => query.Add($" AND \"ConversationId\" = {conversationId}");

    /// <summary>
    /// Adds the condition that a session belongs to the contact, or that it has no contact and its conversation belongs to the
    /// contact. Sessions of the second kind were created before the conversation got its contact, and stay valid.
    /// </summary>
    public static void AddContact(SqlQuery query, string contactId) => query.Add($"""
         AND ("ContactId" = {contactId} OR ("ContactId" IS NULL AND EXISTS (
            SELECT 1 FROM "Conversations" AS conversation
            WHERE conversation."Id" = "Sessions"."ConversationId" AND conversation."ContactId" = {contactId})))
        """);

    /// <summary>
    /// Adds the condition that a session acts as the contact, or that its conversation belongs to the contact. A session of the
    /// second kind may act as another contact, which now has no access. It would get access once the conversation loses its
    /// contact.
    /// </summary>
    public static void AddEveryoneWith(SqlQuery query, string contactId) => query.Add($"""
         AND ("ContactId" = {contactId} OR "ConversationId" IN (SELECT "Id" FROM "Conversations" WHERE "ContactId" = {contactId}))
        """);
}

/// <summary>The filter of a list of sessions; null matches any.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="ContactId">The contact of the session.</param>
/// <param name="Status">The state.</param>
/// <param name="Meta">The required values of the session's meta.</param>
/// <param name="Now">The time for which the state is determined.</param>
internal sealed record SessionFilter(
    string? ConversationId, string? ContactId, SessionStatus? Status, IReadOnlyList<KeyValuePair<string, string>> Meta, long Now)
{
    /// <summary>Adds the conditions to a query of sessions.</summary>
    public void AddTo(SqlQuery query, SqlDialect dialect)
    {
        if (ConversationId is not null)
            SessionTable.AddConversation(query, ConversationId);
        if (ContactId is not null)
            query.Add($" AND \"ContactId\" = {ContactId}");
        if (Status == SessionStatus.Revoked)
            query.AddSql(" AND \"RevokedAt\" IS NOT NULL");
        else if (Status == SessionStatus.Active)
            query.Add($" AND \"RevokedAt\" IS NULL AND \"ExpiresAt\" > {Now}");
        else if (Status == SessionStatus.Expired)
            query.Add($" AND \"RevokedAt\" IS NULL AND \"ExpiresAt\" <= {Now}");
        foreach (var (key, value) in Meta)
            dialect.AddJsonCondition(query, "\"Meta\"", key, value);
    }
}
