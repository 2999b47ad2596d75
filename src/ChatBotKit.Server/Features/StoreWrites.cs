using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features;

internal static class StoreWrites
{
    /// <summary>Adds to what the session has used, in the same transaction; nothing for no session.</summary>
    public static async ValueTask CountAsync(this ISqlTransaction db, SessionUse? use)
    {
        if (use is not null)
            await db.ExecuteAsync(SessionTable.AddUse, use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
    }
}
