using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of accounts.</summary>
internal static class AccountTable
{
    public static SqlTable<AccountEntity> Rows { get; } = new(
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
}
