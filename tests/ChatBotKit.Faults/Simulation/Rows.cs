using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Copies rows, because a database returns new objects.</summary>
internal static class Rows
{
    public static RunRow Copy(RunRow run) => new()
    {
        Id = run.Id,
        AccountId = run.AccountId,
        ConversationId = run.ConversationId,
        SessionId = run.SessionId,
        LogId = run.LogId,
        Kind = run.Kind,
        Owner = run.Owner,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        EndReason = run.EndReason,
    };

    public static RunRow Ended(RunRow run, RunOutcome end)
    {
        var copy = Copy(run);
        copy.EndedAt = end.EndedAt;
        copy.EndReason = end.Reason;
        return copy;
    }

    public static SessionRow Copy(SessionRow session) => new()
    {
        Id = session.Id,
        AccountId = session.AccountId,
        ConversationId = session.ConversationId,
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        DurationInSeconds = session.DurationInSeconds,
        Limits = session.Limits,
        UsedMessages = session.UsedMessages,
        UsedTokens = session.UsedTokens,
        RevokedAt = session.RevokedAt,
    };

    public static SessionRow Used(SessionRow session, SessionUse use)
    {
        var copy = Copy(session);
        copy.UsedMessages += use.Messages;
        copy.UsedTokens += use.Tokens;
        return copy;
    }

    public static SessionRow Revoked(SessionRow session, long at)
    {
        var copy = Copy(session);
        copy.RevokedAt = at;
        return copy;
    }

    public static ConversationRow Told(ConversationRow conversation, string backstory) => new()
    {
        Id = conversation.Id,
        AccountId = conversation.AccountId,
        Backstory = backstory,
        CreatedAt = conversation.CreatedAt,
        UpdatedAt = conversation.UpdatedAt + 1,
    };
}
