using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>The row of an API token that the server makes by itself for its owner, with the owner where there is none yet.</summary>
internal static class NewApiToken
{
    /// <summary>Adds the row, and its audit record; the first token comes with its owner, and begins no chain.</summary>
    /// <returns>The id of the owner.</returns>
    public static async ValueTask<string> AddApiTokenAsync(
        this ISqlTransaction db, string id, string name, byte[] hash, string keyId, long now)
    {
        var accountId = await db.FindOwnerAsync();
        if (accountId is null)
        {
            accountId = Ids.New();
            await db.InsertAsync(AccountTable.Rows, new AccountRow { Id = accountId, Name = "Owner", CreatedAt = now });
        }
        else
        {
            await db.AuditAsync(SessionAudit.OfSystem(accountId, SessionAuditType.CreateToken, id, now));
        }

        await db.InsertAsync(ApiTokenTable.Rows, new ApiTokenRow
        {
            Id = id,
            AccountId = accountId,
            Hash = hash,
            KeyId = keyId,
            Name = name,
            CreatedAt = now,
        });
        return accountId;
    }
}
