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

    /// <summary>Adds the files to what their session has used, in the same transaction; nothing for no session.</summary>
    public static void CountFiles(this ServerDbContext db, SessionUse? use)
    {
        db.CountFiles(use?.SessionId, use?.AttachmentBytes ?? 0);
    }

    /// <param name="db">The write.</param>
    /// <param name="sessionId">Null for no session.</param>
    /// <param name="bytes">Below 0 to give them back.</param>
    public static void CountFiles(this ServerDbContext db, string? sessionId, long bytes)
    {
        if (sessionId is not null && db.Sessions.SingleOrDefault(row => row.Id == sessionId) is { } session)
            session.UsedAttachmentBytes += bytes;
    }
}
