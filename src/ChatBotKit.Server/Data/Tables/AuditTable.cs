using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of audit records.</summary>
internal static class AuditTable
{
    public static SqlTable<AuditRow> Rows { get; } = new(
        "AuditRecords",
        [
            "AccountId", "Number", "Id", "Type", "Code", "ActorKind", "ActorId", "SessionId", "ConversationId",
            "ContactId", "Address", "Origin", "Count", "CreatedAt", "PreviousHash", "Hash",
        ],
        static row => new()
        {
            AccountId = row.GetString(0),
            Number = row.GetInt64(1),
            Id = row.GetString(2),
            Type = row.GetString(3),
            Code = row.GetStringOrNull(4),
            ActorKind = row.GetString(5),
            ActorId = row.GetStringOrNull(6),
            SessionId = row.GetStringOrNull(7),
            ConversationId = row.GetStringOrNull(8),
            ContactId = row.GetStringOrNull(9),
            Address = row.GetStringOrNull(10),
            Origin = row.GetStringOrNull(11),
            Count = row.GetInt32(12),
            CreatedAt = row.GetInt64(13),
            PreviousHash = row.GetBytes(14),
            Hash = row.GetBytes(15),
        },
        static (row, to) => to.Fill(
            row.AccountId, row.Number, row.Id, row.Type, row.Code, row.ActorKind, row.ActorId, row.SessionId,
            row.ConversationId, row.ContactId, row.Address, row.Origin, row.Count, row.CreatedAt, row.PreviousHash,
            row.Hash),
        keys: 2);

    /// <summary>Lists records of the account that match the filter.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cursor">
    /// The id of the record after which the page begins; null for the first page. The page after an unknown id is empty.
    /// </param>
    /// <param name="descending">Whether the newest record comes first.</param>
    /// <param name="take">The maximum number of records.</param>
    public static async ValueTask<List<AuditRow>> ListAuditAsync(
        this ISqlSession db, string accountId, AuditFilter filter, string? cursor, bool descending, int take)
    {
        var query = new SqlQuery().AddSql(Rows.Select("")).Add($"WHERE \"AccountId\" = {accountId}");
        filter.AddTo(query);
        if (cursor is not null)
        {
            if (await db.FindAuditNumberAsync(accountId, cursor) is not { } number)
                return [];
            query.AddSql(descending ? " AND \"Number\" < " : " AND \"Number\" > ").Add($"{number}");
        }

        query.AddSql(descending ? " ORDER BY \"Number\" DESC" : " ORDER BY \"Number\"").Add($" LIMIT {take}");
        return await db.ListAsync(query, Rows.Read);
    }

    /// <summary>Lists the next records of the account's chain.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="after">Only records with a higher number; null for the first ones, whatever their numbers are.</param>
    /// <param name="last">Only records with this number or a lower one.</param>
    /// <param name="take">The maximum number of records.</param>
    public static ValueTask<List<AuditRow>> ListAuditChainAsync(
        this ISqlSession db, string accountId, long? after, long last, int take)
    {
        var query = new SqlQuery().AddSql(Rows.Select("")).Add($"WHERE \"AccountId\" = {accountId} AND \"Number\" <= {last}");
        if (after is { } number)
            query.Add($" AND \"Number\" > {number}");
        return db.ListAsync(query.Add($" ORDER BY \"Number\" LIMIT {take}"), Rows.Read);
    }

    /// <summary>Returns the highest number of the account's records; null when there is none.</summary>
    public static ValueTask<long?> FindLastAuditNumberAsync(this ISqlSession db, string accountId) => db.FirstAsync(
        """SELECT max("Number") FROM "AuditRecords" WHERE "AccountId" = $1""", static row => row.GetInt64OrNull(0), accountId);

    private static ValueTask<long?> FindAuditNumberAsync(this ISqlSession db, string accountId, string id) => db.FirstAsync(
        """SELECT "Number" FROM "AuditRecords" WHERE "AccountId" = $1 AND "Id" = $2""", static row => (long?)row.GetInt64(0), accountId, id);
}

/// <summary>The filter of a list of audit records; null matches any.</summary>
internal sealed record AuditFilter(string? SessionId, string? ConversationId, string? Type)
{
    /// <summary>Adds the conditions to a query of audit records.</summary>
    public void AddTo(SqlQuery query)
    {
        if (SessionId is not null)
            query.Add($" AND \"SessionId\" = {SessionId}");
        if (ConversationId is not null)
            query.Add($" AND \"ConversationId\" = {ConversationId}");
        if (Type is not null)
            query.Add($" AND \"Type\" = {Type}");
    }
}
