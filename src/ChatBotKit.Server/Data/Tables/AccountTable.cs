using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of accounts. Queries do not find an account that is being deleted.</summary>
internal static class AccountTable
{
    /// <summary>The query for the id of the oldest account without a parent.</summary>
    public const string Owner = """
        SELECT "Id" FROM "Accounts" WHERE "ParentId" IS NULL ORDER BY "CreatedAt", "Id" LIMIT 1
        """;

    public static SqlTable<AccountRow> Rows { get; } = new(
        "Accounts",
        [
            "Id", "ParentId", "Email", "Name", "CreatedAt", "Alias", "Description", "Image", "Meta", "UpdatedAt", "DeletedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            ParentId = row.GetStringOrNull(1),
            Email = row.GetStringOrNull(2),
            Name = row.GetString(3),
            CreatedAt = row.GetInt64(4),
            Alias = row.GetStringOrNull(5),
            Description = row.GetStringOrNull(6),
            Image = row.GetStringOrNull(7),
            Meta = row.GetStringOrNull(8),
            UpdatedAt = row.GetInt64OrNull(9),
            DeletedAt = row.GetInt64OrNull(10),
        },
        static (row, to) => to.Fill(
            row.Id, row.ParentId, row.Email, row.Name, row.CreatedAt, row.Alias, row.Description, row.Image, row.Meta, row.UpdatedAt,
            row.DeletedAt));

    /// <summary>Returns the id of the oldest account without a parent; null when there is none.</summary>
    public static ValueTask<string?> FindOwnerAsync(this ISqlSession db) => db.FirstAsync(Owner, static row => row.GetString(0));

    /// <summary>Whether the account exists and has no parent.</summary>
    public static ValueTask<bool> IsOwnerAsync(this ISqlSession db, string accountId) =>
        db.AnyAsync("""SELECT 1 FROM "Accounts" WHERE "Id" = $1 AND "ParentId" IS NULL""", accountId);

    /// <summary>
    /// Finds the id of the child with this id and this address; null for one of them matches any. Null when there is no such child.
    /// </summary>
    public static ValueTask<string?> FindChildAsync(this ISqlSession db, string parentId, string? id, string? email)
    {
        var query = new SqlQuery().AddSql("SELECT \"Id\" FROM \"Accounts\" WHERE TRUE");
        AddChildren(query, parentId);
        if (id is not null)
            query.Add($" AND \"Id\" = {id}");
        if (email is not null)
            query.Add($" AND \"Email\" = {email.ToLowerInvariant()}");
        return db.FirstAsync(query.AddSql(" ORDER BY \"Id\" LIMIT 1").Sql, static row => row.GetString(0), query.Values);
    }

    /// <summary>Finds a child by its id, or by its alias with @ before it; null when there is none.</summary>
    public static ValueTask<AccountRow?> FindChildAsync(this ISqlSession db, string parentId, string name)
    {
        var query = new SqlQuery().AddSql(Rows.Select("WHERE TRUE"));
        AddChildren(query, parentId);
        if (name is ['@', .. var alias])
            query.Add($" AND \"Alias\" = {alias}");
        else
            query.Add($" AND \"Id\" = {name}");
        return db.FirstAsync(query.Sql, Rows.Read, query.Values);
    }

    /// <summary>Adds the condition that an account is a child of another one and is not being deleted.</summary>
    public static void AddChildren(SqlQuery query, string parentId) =>
        query.Add($" AND \"ParentId\" = {parentId} AND \"DeletedAt\" IS NULL");

    /// <summary>Whether another child of the parent has the alias.</summary>
    public static ValueTask<bool> IsAliasTakenAsync(this ISqlSession db, string parentId, string alias, string byOtherThan) => db.AnyAsync(
        """SELECT 1 FROM "Accounts" WHERE "ParentId" = $1 AND "Alias" = $2 AND "Id" <> $3""", parentId, alias, byOtherThan);

    /// <summary>Whether another child of the parent has the address.</summary>
    public static ValueTask<bool> IsEmailTakenAsync(this ISqlSession db, string parentId, string email, string byOtherThan) => db.AnyAsync(
        """SELECT 1 FROM "Accounts" WHERE "ParentId" = $1 AND "Email" = $2 AND "Id" <> $3""", parentId, email, byOtherThan);

    /// <summary>Closes an account permanently, and frees its alias and address.</summary>
    public static async ValueTask CloseAccountAsync(this ISqlTransaction db, string id, long now)
    {
        await db.ExecuteAsync("""UPDATE "Accounts" SET "DeletedAt" = $2, "Alias" = NULL, "Email" = NULL WHERE "Id" = $1""", id, now);
        db.Announce(RowChanges.OfAccount(id, ChangeKind.Deleted));
    }
}
