using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Features;

internal static class StoreWrites
{
    /// <summary>Stores what was answered together with what was done; nothing when the request carries no key.</summary>
    public static void Remember(this ServerDbContext db, IdempotencyEntity? answered)
    {
        if (answered is not null)
            db.Add(answered);
    }

    /// <summary>Adds to what the session has used, in the same transaction; nothing for no session.</summary>
    public static void Count(this ServerDbContext db, SessionUse? use)
    {
        if (use is null || db.Sessions.SingleOrDefault(row => row.Id == use.SessionId) is not { } session)
            return;
        session.UsedMessages += use.Messages;
        session.UsedTokens += use.Tokens;
        session.UsedAttachmentBytes += use.AttachmentBytes;
    }

    /// <summary>Adds to what the session has used, in the same transaction; nothing for no session.</summary>
    public static async ValueTask CountAsync(this ISqlTransaction db, SessionUse? use)
    {
        if (use is not null)
            await db.ExecuteAsync(SessionTable.AddUse, use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
    }
}
