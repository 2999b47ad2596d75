using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of contacts.</summary>
internal static class ContactTable
{
    public static SqlTable<ContactRow> Rows { get; } = new(
        "Contacts",
        [
            "Id", "AccountId", "Fingerprint", "Verified", "Name", "Description", "Email", "Phone", "Nick", "Meta",
            "CreatedAt", "UpdatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            Fingerprint = row.GetString(2),
            Verified = row.GetBoolean(3),
            Name = row.GetString(4),
            Description = row.GetString(5),
            Email = row.GetStringOrNull(6),
            Phone = row.GetStringOrNull(7),
            Nick = row.GetStringOrNull(8),
            Meta = row.GetStringOrNull(9),
            CreatedAt = row.GetInt64(10),
            UpdatedAt = row.GetInt64(11),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.Fingerprint, row.Verified, row.Name, row.Description, row.Email, row.Phone,
            row.Nick, row.Meta, row.CreatedAt, row.UpdatedAt));

    public static ValueTask<ContactRow?> FindContactAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "AccountId" = $2""", id, accountId);

    public static ValueTask<ContactRow?> FindContactByFingerprintAsync(this ISqlSession db, string fingerprint, string accountId) =>
        db.FirstAsync(Rows, """WHERE "AccountId" = $1 AND "Fingerprint" = $2""", accountId, fingerprint);
}
