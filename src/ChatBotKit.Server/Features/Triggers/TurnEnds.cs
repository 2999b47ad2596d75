using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>Reads from the end of its log why a turn has ended.</summary>
internal static class TurnEnds
{
    /// <summary>The last lines of an aborted run: the abortion and two results.</summary>
    private const int Lines = 3;

    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// Whether a run that has ended was cut by the end of its process, or by a failure of the store. One whose log is no longer kept was not.
    /// </summary>
    public static async Task<bool> IsCutAsync(IStore store, RunRow run, CancellationToken cancellationToken)
    {
        if (run.EndReason != EndReasons.Abort)
            return false;
        var last = await store.LastLogNumberAsync(run.LogId, cancellationToken);
        var batches = await store.ReadLogAsync(run.LogId, Math.Max(0, last - Lines), MaxBytes, cancellationToken);
        return batches.SelectMany(batch => LogLines.Split(batch.Lines)).Any(line =>
            LogLines.TypeOf(line.Span).SequenceEqual("abort"u8)
            && ReasonOf(line) is RunAbort.Restart or RunAbort.Shutdown or RunAbort.Storage);
    }

    private static string? ReasonOf(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(LogLines.DataOf(line), JsonRules.Stored);
        return document.RootElement.TryGetProperty("reason"u8, out var reason) ? reason.GetString() : null;
    }
}
