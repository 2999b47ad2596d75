using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Executes the run loop over a transcript, and writes the events at its beginning and end. Stateful and stateless runs differ only
/// in the recorder and the log.
/// </summary>
internal static class RunExecution
{
    /// <param name="services">The dependencies of the engine.</param>
    /// <param name="input">The input of the run.</param>
    /// <param name="persona">The persona that answers.</param>
    /// <param name="model">The model that was resolved when the request was checked.</param>
    /// <param name="transcript">The earlier messages; the run appends its own.</param>
    /// <param name="events">The events of the run.</param>
    /// <param name="run">The run's row; null when it is not stored.</param>
    /// <param name="abort">Aborts the run.</param>
    /// <param name="privacy">Keeps personal data from the models; null when the run has no privacy.</param>
    public static async Task RunAsync(
        EngineServices services, RunInput input, Persona persona, ResolvedModel model,
        List<TranscriptMessage> transcript, RunEvents events, RunRow? run, RunAbort abort, RunPrivacy? privacy)
    {
        var usage = new UsageCounter(services.Clock);
        var hasQuestion = input.Text is not null || EndsWithQuestion(transcript);
        if (privacy is not null)
            (input, model) = (Begin(privacy, input, transcript, usage), privacy.Guard(model));
        var knowledge = new RunKnowledge(input, persona, services.Search, services.Datasets, events, privacy);
        var scope = FunctionScope.Of(input, run?.ConversationId, usage);
        using var connections = new ClosedAtTheEnd(scope.Connections);
        var abilities = await RunAbilities.LoadAsync(services.Abilities, input, persona, scope, abort.Token);
        var tools = new ToolSet(input, knowledge.IsSearchable, abilities);
        var toolRunner = new ToolRunner(input, tools, scope, events, knowledge, services.Channels, services.Clock);
        var loop = new RunLoop(
            input, persona, model, transcript, events, usage, tools, toolRunner, knowledge, services.Prompts, services.Options.MaxAnswerCharacters, privacy);
        var reason = await loop.RunAsync(abort);
        if (loop.Failure is { } failure)
            services.Logger.LogWarning("Run {RunId} ended with a failure of the model's provider: {Failure}", input.RunId, failure.Message);

        events.Emit("usage", json =>
        {
            json.WriteString("model"u8, model.Model.Name);
            json.WriteNumber("inputTokensUsed"u8, usage.InputTokens);
            json.WriteNumber("outputTokensUsed"u8, usage.OutputTokens);
        });
        // The tokens of a run that a function started are among those of the run of the function.
        if (input.Depth == 0)
            services.Budgets.Find(input.SessionId)?.AddTokens(usage.Total);
        // The end is stored together with the result, so that a run whose result was read never ends a second time.
        Action<PendingRows>? end = run is null ? null : rows =>
        {
            rows.Add(new RunOutcome(run.Id, reason, services.Now()));
            rows.Add(UsageOf(services, input, run, model, usage, reason, hasQuestion));
            rows.Add(input.SessionId is null ? null : new SessionUse(input.SessionId, Tokens: usage.Total));
        };
        if (run is null && !input.IsCountedElsewhere)
            services.Usages?.Add(UsageOf(services, input, run, model, usage, reason, hasQuestion));
        new RunResult(loop.LastText, loop.LastMessageId, usage, reason).Emit(events, input.Kind, isStored: run?.ConversationId is not null, end);
        await events.Log.FlushAsync();
    }

    /// <summary>Whether the last message is one of the user, apart from its files and what moderation says about it.</summary>
    private static bool EndsWithQuestion(List<TranscriptMessage> transcript) =>
        transcript.FindLast(static message => message is { Type: not TranscriptMessage.Context, Activity: null or { IsOfUpload: false } })?.Type
            == TranscriptMessage.User;

    private static RunInput Begin(RunPrivacy privacy, RunInput input, List<TranscriptMessage> transcript, UsageCounter usage)
    {
        privacy.Learn(transcript);
        privacy.Learn(input.PlaceholderValues);
        usage.Add(privacy.Usage.InputTokens, privacy.Usage.OutputTokens);
        return input with { IsPrivate = true };
    }

    /// <summary>Closes the connections of the functions when the run ends in any way. The run does not wait for the other side.</summary>
    private sealed class ClosedAtTheEnd(RunConnections connections) : IDisposable
    {
        public void Dispose() => _ = connections.CloseAsync();
    }

    /// <summary>Creates the record of the usage of a run that ends now.</summary>
    public static UsageRow UsageOf(
        EngineServices services, RunInput input, RunRow? run, ResolvedModel model, UsageCounter usage, string reason, bool hasQuestion)
    {
        var (now, startedAt) = (services.Now(), run?.StartedAt ?? usage.BeganAt);
        return new UsageRow
        {
            Id = Ids.New(),
            AccountId = input.AccountId,
            ConversationId = run?.ConversationId,
            SessionId = input.SessionId,
            BotId = input.BotId,
            ContactId = input.ContactId,
            TaskId = input.TaskId,
            Model = model.Model.Name,
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            Messages = hasQuestion ? 2 : 1,
            FirstToken = usage.SpokeAt - startedAt,
            Duration = now - startedAt,
            EndReason = reason,
            CreatedAt = now,
        };
    }
}

/// <summary>The kinds of runs, as they are stored.</summary>
internal static class RunKinds
{
    public const string Complete = "complete";
    public const string Receive = "receive";
    public const string Dispatch = "dispatch";
}
