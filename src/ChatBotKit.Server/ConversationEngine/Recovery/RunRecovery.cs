using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Ends the runs that were cut off, by the end of the last process or by a store that failed: the text that their readers had
/// seen becomes a message, and the log gets its end, so that a reader that comes back sees the run end like any other.
/// </summary>
internal sealed class RunRecovery(EngineServices services)
{
    private const int MostTries = 5;

    /// <summary>
    /// Ends the runs of processes that are gone; to be called before requests are served. A run that can't be ended, as when its log
    /// is damaged, is said in the log and left to the next start: all others are worth serving.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store fails.</exception>
    public async Task EndCutRunsAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await services.Store.ListOpenRunsAsync(cancellationToken))
        {
            if (!services.Nodes.IsGone(run.Owner))
                continue;
            try
            {
                await EndLeftAsync(run, cancellationToken);
            }
            catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
            {
                services.Logger.LogError(exception, "Run {RunId} was cut by the end of the last process and can't be ended", run.Id);
            }
        }
    }

    /// <summary>Ends what was cut off in a conversation, before anything new is said there.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="held">Gives its messages their places; null when nobody holds the conversation.</param>
    /// <param name="services">The engine's surroundings.</param>
    /// <exception cref="StoreUnavailableException">The store still fails.</exception>
    public static async Task EndCutRunsOfAsync(string conversationId, ConversationState? held, EngineServices services)
    {
        foreach (var run in services.CutRuns.Of(conversationId))
            await new RunRecovery(services).EndCutRunAsync(run, held, CancellationToken.None);
    }

    /// <summary>Ends a run of this process, unless somebody else does or it has ended.</summary>
    /// <exception cref="StoreUnavailableException">The store still fails; the run stays where it was.</exception>
    public async Task EndCutRunAsync(RunRow run, ConversationState? held, CancellationToken cancellationToken)
    {
        if (!services.CutRuns.TryTake(run))
            return;
        try
        {
            // The commit whose failure was reported may have been the one of the end.
            if (await services.Store.FindRunAsync(run.Id, cancellationToken) is { EndedAt: null })
                await EndAsync(run, RunAbort.Storage, held, cancellationToken);
        }
        catch
        {
            services.CutRuns.Add(run, isStored: true);
            throw;
        }
    }

    /// <summary>
    /// A process that is thought dead may go on. When it writes first, what it wrote is read, too, before the run is ended.
    /// </summary>
    private async Task EndLeftAsync(RunRow run, CancellationToken cancellationToken)
    {
        for (var tries = MostTries; ; tries--)
        {
            try
            {
                await EndAsync(run, RunAbort.Restart, held: null, cancellationToken);
                return;
            }
            catch (StaleWriteException) when (tries > 1)
            {
                if (await services.Store.FindRunAsync(run.Id, cancellationToken) is not { EndedAt: null })
                    return;
            }
        }
    }

    private async Task EndAsync(RunRow run, string reason, ConversationState? held, CancellationToken cancellationToken)
    {
        // First, so that what somebody writes after this and before the end is stored makes that stale.
        var log = await services.Logs.OpenAsync(run.LogId);
        try
        {
            var cut = await ReadAsync(run, cancellationToken);
            var conversation = held ?? await ConversationOfAsync(run, cancellationToken);
            var events = new RunEvents(log, conversation);
            if (!cut.IsAsked && QuestionOf(run) is { } question)
                conversation?.Ask(question, events);
            if (cut.Reasoning.Length > 0)
                events.Message(TranscriptMessage.Reasoning, cut.Reasoning);
            var (messageId, text) = cut.Answer.Length > 0 ? (events.Message(TranscriptMessage.Bot, cut.Answer), cut.Answer) : cut.LastAnswer;
            events.Emit("abort", json => json.WriteString("reason"u8, reason));
            new RunResult(text, messageId, new UsageCounter(), EndReasons.Abort).Emit(
                events, run.Kind, isStored: run.ConversationId is not null,
                rows => rows.EndedRun = new RunOutcome(run.Id, EndReasons.Abort, services.Now()));
            await log.FlushAsync();
        }
        finally
        {
            if (run.LogId == run.Id)
                log.Complete();
            services.Logs.Release(run.LogId);
        }
    }

    /// <summary>What was acknowledged with the run and waited for its turn.</summary>
    private static NewMessage? QuestionOf(RunRow run) => run.QuestionText is not { } text ? null :
        new NewMessage(TranscriptMessage.User, text) { Id = run.QuestionId!, Entities = run.QuestionEntities, SessionId = run.SessionId };

    private async Task<ConversationState?> ConversationOfAsync(RunRow run, CancellationToken cancellationToken) =>
        run.ConversationId is not null
        && await services.Store.LoadConversationAsync(run.ConversationId, maxMessages: 0, cancellationToken) is { } snapshot
            ? new ConversationState(snapshot, isWhole: false, services)
            : null;

    private async Task<CutRun> ReadAsync(RunRow run, CancellationToken cancellationToken)
    {
        var cut = new CutRun(run.QuestionId);
        // From the store alone: a channel that others listen to has no end to wait for.
        using var reader = new LogReader(log: null, services.Store, run.LogId, after: 0, services.Clock);
        while (await reader.ReadAsync(cancellationToken) == LogRead.Lines)
        {
            foreach (var line in LogLines.Split(reader.Current.Lines))
                cut.Take(line);
        }
        return cut;
    }
}
