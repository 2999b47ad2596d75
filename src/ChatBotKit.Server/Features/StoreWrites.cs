using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Features;

internal static class StoreWrites
{
    /// <summary>Stores what was answered together with what was done; nothing when the request carries no key.</summary>
    public static ValueTask RememberAsync(this ISqlTransaction db, IdempotencyEntity? answered) =>
        answered is null ? ValueTask.CompletedTask : db.InsertAsync(IdempotencyTable.Rows, answered);

    /// <summary>Adds to what the session has used, in the same transaction; nothing for no session.</summary>
    public static async ValueTask CountAsync(this ISqlTransaction db, SessionUse? use)
    {
        if (use is not null)
            await db.ExecuteAsync(SessionTable.AddUse, use.SessionId, use.Messages, use.Tokens, use.AttachmentBytes);
    }
}
