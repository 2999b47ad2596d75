using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Ends, once the store takes writes again, the runs that were cut off when it failed.</summary>
internal sealed class CutRunService(
    EngineServices engine, RunRecovery recovery, IConversationHolder holder, TimeProvider time, ILogger<CutRunService> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        foreach (var run in engine.CutRuns.All)
        {
            if (!await TryEndAsync(run, stoppingToken))
                break;
        }
    }

    /// <summary>Whether it is worth going on with the next one.</summary>
    private async Task<bool> TryEndAsync(RunRow run, CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync(run, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Logger.LogWarning(exception, "Run {RunId} could not be ended; the next try is in a second.", run.Id);
            return true;
        }
    }

    /// <summary>Through the conversation, which alone knows the places of its messages.</summary>
    private async Task EndAsync(RunRow run, CancellationToken cancellationToken)
    {
        if (run.ConversationId is { } conversationId && await holder.EndCutRunsAsync(run.AccountId, conversationId))
            return;
        // A run without a conversation; or the conversation is gone, and the run with it.
        await recovery.EndCutRunAsync(run, held: null, cancellationToken);
    }
}
