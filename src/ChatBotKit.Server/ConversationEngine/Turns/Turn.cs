using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>An accepted run that waits for its turn or has it.</summary>
/// <param name="Run">The row of the run.</param>
/// <param name="Input">The input of the run.</param>
/// <param name="Model">The model that was resolved when the request was checked.</param>
/// <param name="Abort">Aborts the run.</param>
/// <param name="Taken">The reservation in a session's limits; null for the owner.</param>
internal sealed record Turn(RunRow Run, RunInput Input, ResolvedModel Model, RunAbort Abort, SessionTake? Taken)
{
    /// <summary>Whether the message, or the use of a run without one, was appended to the log, so that it is stored with it.</summary>
    public bool IsMessageSent { get; set; }

    /// <summary>Aborts the run because nothing more of it can be stored.</summary>
    public void StopForStorage() => Abort.Request(RunAbort.Storage);

    /// <summary>Ends the turn. If the message is not stored, and will not be, the reservation is released.</summary>
    /// <param name="isStored">Whether the run is stored.</param>
    /// <param name="isCut">
    /// Whether the end of the run is not stored yet. Then a message in the row of the run is stored with that end.
    /// </param>
    public void End(bool isStored, bool isCut)
    {
        if (isStored && (IsMessageSent || (isCut && Run.QuestionText is not null)))
            Taken?.Keep();
        Taken?.Dispose();
    }
}
