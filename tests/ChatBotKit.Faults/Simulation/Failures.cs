using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Decides whether a client had to expect a failure, and whether it may try again.</summary>
internal sealed class Failures(World world, KnownSession? session)
{
    /// <returns>Whether the same request may succeed next time.</returns>
    public bool Explain(Exception failure, KnownConversation conversation)
    {
        world.Note("failure", failure is ApiException api ? api.Code.Code : failure.GetType().Name);
        switch (failure)
        {
            case ConnectionLostException or StoreUnavailableException:
                return true;
            case StaleWriteException when world.HadTwoHolders:
                return true;
            case ApiException refusal when IsExplained(refusal.Code, conversation):
                return false;
            default:
                world.Violate($"a request fails without a cause: {failure}");
                return false;
        }
    }

    /// <summary>Checks that a stream was ended because of its session.</summary>
    public void CheckStopped()
    {
        if (!IsOver(mayHaveEnded: true))
            world.Violate($"the stream of session {session?.Id} is ended, and the session is good");
    }

    private bool IsExplained(ErrorCode code, KnownConversation conversation)
    {
        if (code == ErrorCode.SessionMessageLimit)
            return session?.Messages is not null;
        if (code == ErrorCode.NotFound)
            return conversation.IsRemoved;
        if (code == ErrorCode.TooManyRequests)
            return true;
        if (code == ErrorCode.SessionRevoked || code == ErrorCode.SessionExpired)
            return IsOver(mayHaveEnded: true);
        return code == ErrorCode.NotAuthenticated && session is not null && conversation.IsRemoved;
    }

    private bool IsOver(bool mayHaveEnded) =>
        session is not null
        && (session.IsRevoked || (mayHaveEnded && session.IsRevocationTried)
            || session.Conversation.IsRemoved || world.Now >= session.ExpiresAt);
}
