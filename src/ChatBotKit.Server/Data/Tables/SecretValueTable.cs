using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the values that contacts have for personal secrets. They are deleted with the secret and with the contact.</summary>
internal static class SecretValueTable
{
    public static SqlTable<SecretValueRow> Rows { get; } = new(
        "SecretValues",
        ["SecretId", "ContactId", "Field", "Value", "UpdatedAt"],
        static row => new()
        {
            SecretId = row.GetString(0),
            ContactId = row.GetString(1),
            Field = row.GetString(2),
            Value = row.GetString(3),
            UpdatedAt = row.GetInt64(4),
        },
        static (row, to) => to.Fill(row.SecretId, row.ContactId, row.Field, row.Value, row.UpdatedAt),
        keys: 2);

    public static ValueTask<SecretValueRow?> FindSecretValueAsync(this ISqlSession db, string secretId, string contactId) =>
        db.FirstAsync(Rows, """WHERE "SecretId" = $1 AND "ContactId" = $2""", secretId, contactId);

    /// <summary>Stores a value and replaces the one that the contact has.</summary>
    /// <exception cref="MissingParentException">The secret or the contact was deleted.</exception>
    public static async ValueTask PutSecretValueAsync(this ISqlTransaction db, SecretValueRow row)
    {
        if (!await db.UpdateAsync(Rows, row))
            await db.InsertAsync(Rows, row);
    }

    public static async ValueTask DeleteSecretValueAsync(this ISqlTransaction db, string secretId, string contactId) =>
        await db.ExecuteAsync("""DELETE FROM "SecretValues" WHERE "SecretId" = $1 AND "ContactId" = $2""", secretId, contactId);

    /// <summary>Adds the condition that a contact has a value for a secret.</summary>
    public static void AddWithValueOf(this SqlQuery query, string contactId) =>
        query.Add($""" AND "Id" IN (SELECT "SecretId" FROM "SecretValues" WHERE "ContactId" = {contactId})""");
}
