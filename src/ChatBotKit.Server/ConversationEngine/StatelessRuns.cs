using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Log;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Runs over messages that the caller brings along and keeps.</summary>
internal sealed class StatelessRuns(EngineServices services)
{
    /// <summary>
    /// Starts a run whose log lives in memory. Cancelling the request ends it; the reader reads to the end.
    /// </summary>
    public LogReader Start(StatelessRequest request, TimeSpan? heartbeat, CancellationToken left)
    {
        var log = new EventLog("memory", store: null, last: 0, services.Clock);
        var reader = log.CreateReader(after: 0, services.Clock, heartbeat);
        _ = Task.Run(() => ExecuteAsync(log, request, run: null, left), CancellationToken.None);
        return reader;
    }

    /// <summary>Starts a run that writes to a channel and goes on without its caller.</summary>
    public async Task DispatchAsync(StatelessRequest request, IdempotencyEntity? idempotency)
    {
        var input = request.Input;
        var run = new RunEntity
        {
            Id = input.RunId,
            AccountId = input.AccountId,
            LogId = input.ChannelLogId!,
            Kind = RunKinds.Dispatch,
            StartedAt = services.Now(),
        };
        await services.Store.CommitAsync(new WriteSet { StartedRun = run, Idempotency = idempotency });
        var log = await services.Logs.OpenAsync(run.LogId);
        _ = Task.Run(async () =>
        {
            try
            {
                await ExecuteAsync(log, request, run, CancellationToken.None);
            }
            finally
            {
                services.Logs.Release(run.LogId);
            }
        });
    }

    private async Task ExecuteAsync(EventLog log, StatelessRequest request, RunEntity? run, CancellationToken left)
    {
        var transcript = request.Transcript;
        using var abort = new RunAbort(services.Clock, services.Options.RunLimit);
        await using var leaving = left.UnsafeRegister(static state => ((RunAbort)state!).Request(RunAbort.Requested), abort);
        var events = new RunEvents(log, recorder: null);
        var usage = new UsageCounter();
        try
        {
            foreach (var attachment in request.Attachments)
            {
                events.Message(TranscriptMessage.ActivityType, "", attachment.ToMeta());
                transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", attachment));
            }
            var sent = transcript.FindLast(message => message.Type == TranscriptMessage.User)?.Text ?? "";
            events.Emit("sendResult", json => SendResult.Write(json, messageId: null, sent, entities: null));
            await RunExecution.RunAsync(
                services, request.Input, request.Persona, request.Model, transcript, events, usage, run, abort);
        }
        catch (Exception exception)
        {
            services.Logger.LogError(exception, "A stateless run failed");
            events.Emit("error", RunFault.Write, rows =>
                rows.EndedRun = run is null ? null : new RunOutcome(run.Id, EndReasons.Error, services.Now()));
        }
        finally
        {
            if (run is null)
                log.Complete();
            else
                log.Flush();
        }
    }
}

/// <summary>A stateless request, checked.</summary>
/// <param name="Input">What to do.</param>
/// <param name="Persona">Who answers.</param>
/// <param name="Model">With which model.</param>
/// <param name="Transcript">The messages that the caller brought; the run adds its own.</param>
/// <param name="Attachments">Requests and answers that tell the model of attached files.</param>
internal sealed record StatelessRequest(
    RunInput Input, Persona Persona, ResolvedModel Model, List<TranscriptMessage> Transcript,
    IReadOnlyList<ToolActivity> Attachments);
