using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of accounts.</summary>
internal static class AccountTable
{
    /// <summary>The id of the oldest account that is nobody's child.</summary>
    public const string Owner = """
        SELECT "Id" FROM "Accounts" WHERE "ParentId" IS NULL ORDER BY "CreatedAt", "Id" LIMIT 1
        """;

    public static SqlTable<AccountRow> Rows { get; } = new(
        "Accounts",
        [
            "Id", "ParentId", "Email", "Name", "CreatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            ParentId = row.GetStringOrNull(1),
            Email = row.GetStringOrNull(2),
            Name = row.GetString(3),
            CreatedAt = row.GetInt64(4),
        },
        static (row, to) => to.Fill(
            row.Id, row.ParentId, row.Email, row.Name, row.CreatedAt));

    /// <summary>The id of the oldest account that is nobody's child; null when there is none.</summary>
    public static ValueTask<string?> FindOwnerAsync(this ISqlSession db) => db.FirstAsync(Owner, static row => row.GetString(0));

    /// <summary>Whether there is such an account that is nobody's child.</summary>
    public static ValueTask<bool> IsOwnerAsync(this ISqlSession db, string accountId) =>
        db.AnyAsync("""SELECT 1 FROM "Accounts" WHERE "Id" = $1 AND "ParentId" IS NULL""", accountId);

    /// <summary>The id of the child with this id and this address, of which one may be null for any; null when there is none.</summary>
    public static ValueTask<string?> FindChildAsync(this ISqlSession db, string parentId, string? id, string? email)
    {
        var query = new SqlQuery().Add($"SELECT \"Id\" FROM \"Accounts\" WHERE \"ParentId\" = {parentId}");
        if (id is not null)
            query.Add($" AND \"Id\" = {id}");
        if (email is not null)
            query.Add($" AND \"Email\" = {email}");
        return db.FirstAsync(query.AddSql(" ORDER BY \"Id\" LIMIT 1").Sql, static row => row.GetString(0), query.Values);
    }
}
