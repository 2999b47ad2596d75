using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A run that was taken in: it waits for its turn, or has it.</summary>
/// <param name="Run">Its row.</param>
/// <param name="Input">What to do.</param>
/// <param name="Model">The model that was resolved when the request was checked.</param>
/// <param name="Abort">Ends it early.</param>
/// <param name="Taken">What it takes of a session's limits; null for the owner's.</param>
internal sealed record Turn(RunRow Run, RunInput Input, ResolvedModel Model, RunAbort Abort, SessionTake? Taken)
{
    /// <summary>Whether the message, or the count of a run without one, was put into the log with which it is stored.</summary>
    public bool IsMessageSent { get; set; }

    /// <summary>Ends the run because nothing of it can be stored any more.</summary>
    public void StopForStorage() => Abort.Request(RunAbort.Storage);

    /// <summary>The turn is over; a message that was not stored, and will not be, is given back to the session.</summary>
    /// <param name="isStored">Whether the run is stored, and with it what it is to answer.</param>
    /// <param name="isCut">Whether it has no end yet: a message that is not stored is stored with that.</param>
    public void End(bool isStored, bool isCut)
    {
        if (isStored && (IsMessageSent || (isCut && Run.QuestionText is not null)))
            Taken?.Keep();
        Taken?.Dispose();
    }
}
