using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features;

internal static class StoreWrites
{
    /// <summary>Adds to the use of a session within the transaction; does nothing when there is none.</summary>
    public static async ValueTask CountAsync(this ISqlTransaction db, SessionUse? use)
    {
        if (use is not null)
            await db.ExecuteAsync(SessionTable.AddUse, use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
    }
}
