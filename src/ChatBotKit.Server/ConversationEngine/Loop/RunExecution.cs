using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Runs the loop over a transcript and writes the events that frame it. The same for a stateful and a stateless run;
/// they differ in the recorder and the log.
/// </summary>
internal static class RunExecution
{
    /// <param name="services">The engine's surroundings.</param>
    /// <param name="input">What to do.</param>
    /// <param name="persona">Who answers.</param>
    /// <param name="model">The model that was resolved when the request was checked.</param>
    /// <param name="transcript">The messages before; the run adds its own.</param>
    /// <param name="events">Where it reports.</param>
    /// <param name="run">The run's row, when it is stored.</param>
    /// <param name="abort">Ends the run early.</param>
    public static async Task RunAsync(
        EngineServices services, RunInput input, Persona persona, ResolvedModel model,
        List<TranscriptMessage> transcript, RunEvents events, RunRow? run, RunAbort abort)
    {
        var usage = new UsageCounter();
        var tools = new ToolSet(input);
        var toolRunner = new ToolRunner(input, tools, events, services.Search, services.Channels, services.Clock);
        var loop = new RunLoop(input, persona, model, transcript, events, usage, tools, toolRunner, services.Prompts, services.Options.MaxAnswerCharacters);
        var reason = await loop.RunAsync(abort);
        if (loop.Failure is { } failure)
            services.Logger.LogWarning("Run {RunId} ended with a failure of the model's provider: {Failure}", input.RunId, failure.Message);

        events.Emit("usage", json =>
        {
            json.WriteString("model"u8, model.Model.Name);
            json.WriteNumber("inputTokensUsed"u8, usage.InputTokens);
            json.WriteNumber("outputTokensUsed"u8, usage.OutputTokens);
        });
        services.Budgets.Find(input.SessionId)?.AddTokens(usage.Total);
        // Stored together with the result: whoever has seen the result never sees the run end a second time.
        Action<PendingRows>? end = run is null ? null : rows =>
        {
            rows.EndedRun = new RunOutcome(run.Id, reason, services.Now());
            rows.Usage = Usage(services, input, run, model, usage);
            rows.Add(input.SessionId is null ? null : new SessionUse(input.SessionId, Tokens: usage.Total));
        };
        new RunResult(loop.LastText, loop.LastMessageId, usage, reason).Emit(events, input.Kind, isStored: run?.ConversationId is not null, end);
        await events.Log.FlushAsync();
    }

    private static UsageRow Usage(
        EngineServices services, RunInput input, RunRow run, ResolvedModel model, UsageCounter usage) => new()
        {
            Id = Ids.New(),
            AccountId = run.AccountId,
            ConversationId = run.ConversationId,
            SessionId = input.SessionId,
            Model = model.Model.Name,
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            Messages = input.Text is null ? 1 : 2,
            CreatedAt = services.Now(),
        };
}

/// <summary>The kinds of run, as they are stored.</summary>
internal static class RunKinds
{
    public const string Complete = "complete";
    public const string Receive = "receive";
    public const string Dispatch = "dispatch";
}
