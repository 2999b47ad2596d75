using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Security;

/// <summary>The row of an API token that the server makes by itself for its owner, with the owner where there is none yet.</summary>
internal static class NewApiToken
{
    /// <summary>Adds the row, and its audit record; the first token comes with its owner, and begins no chain.</summary>
    public static ApiTokenEntity AddToken(this ServerDbContext db, string id, string name, byte[] hash, string keyId, long now)
    {
        var accountId = FindOwner(db);
        if (accountId is null)
            accountId = db.Add(new AccountEntity { Id = Ids.New(), Name = "Owner", CreatedAt = now }).Entity.Id;
        else
            db.NewAuditRecords.Add(SessionAudit.OfSystem(accountId, SessionAuditType.CreateToken, id, now));
        return db.Add(new ApiTokenEntity
        {
            Id = id,
            AccountId = accountId,
            Hash = hash,
            KeyId = keyId,
            Name = name,
            CreatedAt = now,
        }).Entity;
    }

    private static string? FindOwner(ServerDbContext db) => db.Accounts
        .Where(account => account.ParentId == null)
        .OrderBy(account => account.CreatedAt).ThenBy(account => account.Id)
        .Select(account => account.Id)
        .FirstOrDefault();
}
