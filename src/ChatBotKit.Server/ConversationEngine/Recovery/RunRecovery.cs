using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Ends runs that were interrupted by the end of the previous process or by a failure of the store. The text that readers have seen
/// becomes a message, and the log gets its final events, so that a reader that resumes sees the run end as usual.
/// </summary>
internal sealed class RunRecovery(EngineServices services)
{
    private const int MostTries = 5;

    /// <summary>
    /// Ends the runs of ended processes. The host calls this before the server listens. A run that can't be ended, for example
    /// because its log is damaged, is logged and left to the next start, because it must not keep the server from starting.
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
                services.Logger.LogError(exception, "Run {RunId} was interrupted by the end of the previous process and can't be ended", run.Id);
            }
        }
    }

    /// <summary>Ends the interrupted runs of a conversation, before new messages are added to it.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="held">The state that assigns the positions of messages; null when the conversation is not in memory.</param>
    /// <param name="services">The dependencies of the engine.</param>
    /// <exception cref="StoreUnavailableException">The store still fails.</exception>
    public static async Task EndCutRunsOfAsync(string conversationId, ConversationState? held, EngineServices services)
    {
        foreach (var run in services.CutRuns.Of(conversationId))
            await new RunRecovery(services).EndCutRunAsync(run, held, CancellationToken.None);
    }

    /// <summary>Ends an interrupted run of this process, unless it has ended or another caller is ending it.</summary>
    /// <exception cref="StoreUnavailableException">The store still fails. The run stays in the list of interrupted runs.</exception>
    public async Task EndCutRunAsync(RunRow run, ConversationState? held, CancellationToken cancellationToken)
    {
        if (!services.CutRuns.TryTake(run))
            return;
        try
        {
            var stored = await services.Store.FindRunAsync(run.Id, cancellationToken);
            // The failed commit may have been stored nevertheless, and may have included the end of the run.
            if (stored is { EndedAt: null })
                await EndAsync(run, RunAbort.Storage, held, cancellationToken);
            else if (stored is null && run.LogId != run.Id)
                await EndOnChannelAsync(run);
        }
        catch
        {
            services.CutRuns.Add(run, isStored: true);
            throw;
        }
    }

    /// <summary>
    /// Ends a run of another process. If that process is still running and writes first, the attempt fails as stale, and is
    /// repeated with what it wrote.
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
        // The log is opened before it is read. So if another writer appends between the reading and the end, the end is stale and
        // refused.
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
                rows => rows.Add(new RunOutcome(run.Id, EndReasons.Abort, services.Now())));
            await log.FlushAsync();
        }
        finally
        {
            if (run.LogId == run.Id)
                log.Complete();
            services.Logs.Release(run.LogId);
        }
    }

    /// <summary>
    /// Ends a run that was deleted with its conversation, for the subscribers of its channel. It stores nothing else: the last rows of the
    /// run, with which its end would have been stored, were refused.
    /// </summary>
    private async Task EndOnChannelAsync(RunRow run)
    {
        var log = await services.Logs.OpenAsync(run.LogId);
        try
        {
            var events = new RunEvents(log, recorder: null);
            events.Emit("abort", json => json.WriteString("reason"u8, RunAbort.Requested));
            new RunResult("", MessageId: null, new UsageCounter(), EndReasons.Abort).Emit(events, run.Kind, isStored: true, rows: null);
            await log.FlushAsync();
        }
        finally
        {
            services.Logs.Release(run.LogId);
        }
    }

    /// <summary>Returns the user's message that was acknowledged with the run and is not stored as a message yet.</summary>
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
        // Reads only what is stored: the log of a channel that is still open would never end.
        using var reader = new LogReader(log: null, services.Store, run.LogId, after: 0, services.Clock);
        while (await reader.ReadAsync(cancellationToken) == LogRead.Lines)
        {
            foreach (var line in LogLines.Split(reader.Current.Lines))
                cut.Take(line);
        }
        return cut;
    }
}
