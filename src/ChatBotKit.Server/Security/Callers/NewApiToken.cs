using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Security;

/// <summary>Creates an API token of the server's owner, and the owner if there is none yet.</summary>
internal static class NewApiToken
{
    /// <summary>Adds the token and its audit record. The first token is added with the owner, and has no audit record.</summary>
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
