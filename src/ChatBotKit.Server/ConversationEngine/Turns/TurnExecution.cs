using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Executes a run of a conversation when it has its turn.</summary>
internal static class TurnExecution
{
    /// <summary>Executes the run to the end of its log. It never throws.</summary>
    public static async Task RunAsync(Turn turn, AppendLog log, ConversationState state, EngineServices services)
    {
        var events = new RunEvents(log, state);
        // After a failure of the log, a silent model would keep this run, and those that wait for it, from ending.
        log.Faulted += turn.StopForStorage;
        try
        {
            await state.RefreshAsync();
            await ExecuteAsync(turn, events, state, services);
        }
        catch (Exception exception)
        {
            state.Break();
            if (exception is not MissingParentException)
                services.Logger.LogError(exception, "Run {RunId} of conversation {ConversationId} failed", turn.Run.Id, state.Id);
            events.Emit("error", RunFault.Write, rows =>
            {
                rows.Add(new RunOutcome(turn.Run.Id, EndReasons.Error, services.Now()));
                rows.Add(RunExecution.UsageOf(services, turn.Input, turn.Run, turn.Model, new UsageCounter(), EndReasons.Error, turn.Input.Text is not null));
            });
        }
        finally
        {
            await EndAsync(turn, log, state, services);
        }
    }

    /// <summary>Returns the entities of the user's message, and finds the names in it.</summary>
    private static async Task<string?> MarkAsync(RunPrivacy privacy, RunInput input, ConversationState state, CancellationToken abort)
    {
        privacy.Learn(state.Transcript());
        if (input.Text is not { } text)
            return null;
        await privacy.FindNamesAsync([text], abort);
        return privacy.Mark(text, input.Entities);
    }

    private static async Task EndAsync(Turn turn, AppendLog log, ConversationState state, EngineServices services)
    {
        if (turn.Input.ChannelLogId is null)
            log.Complete();
        // From now on readers read the log from the store. A failure of the store was already reported by the Faulted event.
        var flush = log.FlushAsync();
        await flush.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        log.Faulted -= turn.StopForStorage;
        var isStored = turn.Input.ChannelLogId is not null || log.Published > 0;
        turn.End(isStored, isCut: log.IsFaulted);
        state.EndTurn(flush.IsCompletedSuccessfully);
        services.Logs.Release(turn.Run.LogId);
        if (!log.IsFaulted)
            return;
        services.CutRuns.Add(turn.Run, isStored);
        // The state may have been loaded after the failure, and then lacks the end of the run.
        state.Break();
    }

    private static async Task ExecuteAsync(Turn turn, RunEvents events, ConversationState state, EngineServices services)
    {
        var (run, input) = (turn.Run, turn.Input);
        // Checked again, because earlier runs may have used up the tokens that were left at the time of the request.
        if (services.Budgets.Find(input.SessionId)?.WithoutTokens() is { } usedUp)
        {
            events.Emit(
                "error", json => RunFault.Write(json, ApiError.From(usedUp)),
                rows => rows.Add(new RunOutcome(run.Id, EndReasons.Error, services.Now())));
            return;
        }

        var settings = state.Settings;
        var persona = await services.Bots.PersonaOfAsync(settings);
        var privacy = RunPrivacy.For(services, persona, input);
        if (privacy is not null)
            input = input with { Entities = await MarkAsync(privacy, input, state, turn.Abort.Token) };
        if (input.Text is { } text)
            state.Ask(new NewMessage(TranscriptMessage.User, text) { Id = input.MessageId, Entities = input.Entities, SessionId = input.SessionId }, events);
        else if (input.SessionId is { } sessionId)
            events.Log.Attach(rows => rows.Add(new SessionUse(sessionId, Messages: 1)));
        turn.IsMessageSent = true;
        if (persona.Moderation == true && input.Text is not null && services.Moderator is { } moderator)
            await moderator.CheckAsync(input.Text, privacy, events, turn.Abort.Token);
        var transcript = state.Transcript();
        input = input with { BotId = settings.BotId, ContactId = input.ContactId ?? settings.ContactId, TaskId = settings.TaskId };
        var subjects = new PlaceholderSubjects { ContactId = input.ContactId, Conversation = settings };
        input = await services.Placeholders.FillAsync(input, subjects, persona, transcript);
        input = await AttachedFiles.ReadAsync(services.Attachments, input, state.Id, transcript, turn.Model.Model.InteractionMaxMessages);
        await RunExecution.RunAsync(services, input, persona, turn.Model, transcript, events, run, turn.Abort, privacy);
    }
}
