using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of API tokens.</summary>
internal static class ApiTokenTable
{
    public static SqlTable<ApiTokenEntity> Rows { get; } = new(
        "ApiTokens",
        [
            "Id", "AccountId", "Hash", "KeyId", "Name", "CreatedAt", "ExpiresAt", "LastUsedAt", "RevokedAt",
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
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.Hash, row.KeyId, row.Name, row.CreatedAt, row.ExpiresAt, row.LastUsedAt,
            row.RevokedAt));
}
