using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Log;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Ends the runs that were cut off, by the end of the last process or by a store that failed: the text that their readers had seen becomes a message, and the log
/// gets its end, so that a reader that comes back sees the run end like any other.
/// </summary>
internal sealed class RunRecovery(EngineServices services)
{
    /// <summary>To be called before requests are served.</summary>
    /// <returns>How many runs were ended.</returns>
    public async Task<int> EndCutRunsAsync(CancellationToken cancellationToken)
    {
        var runs = await services.Store.ListOpenRunsAsync(cancellationToken);
        foreach (var run in runs)
            await EndAsync(run, RunAbort.Restart, cancellationToken);
        return runs.Count;
    }

    /// <summary>Ends a run of this process, unless somebody else does or it has ended.</summary>
    /// <exception cref="StoreUnavailableException">The store still fails; the run stays where it was.</exception>
    public async Task EndCutRunAsync(RunEntity run, CancellationToken cancellationToken)
    {
        if (!services.CutRuns.TryTake(run))
            return;
        try
        {
            // The commit whose failure was reported may have been the one of the end.
            if (await services.Store.FindRunAsync(run.Id, cancellationToken) is { EndedAt: null })
                await EndAsync(run, RunAbort.Storage, cancellationToken);
        }
        catch
        {
            services.CutRuns.Add(run);
            throw;
        }
    }

    private async Task EndAsync(RunEntity run, string reason, CancellationToken cancellationToken)
    {
        var partial = await ReadPartialAnswerAsync(run, cancellationToken);
        var recorder = await RecorderAsync(run, cancellationToken);
        var log = await services.Logs.OpenAsync(run.LogId);
        try
        {
            var events = new RunEvents(log, recorder);
            var messageId = partial.Length > 0 ? events.Message(TranscriptMessage.Bot, partial) : null;
            events.Emit("abort", json => json.WriteString("reason"u8, reason));
            events.Emit("receiveResult", json => WriteResult(json, partial));
            events.Emit("result", json =>
            {
                if (run.ConversationId is not null)
                    json.WriteString("id"u8, messageId ?? "msg-" + Ids.Short());
                WriteResult(json, partial);
            }, rows => rows.EndedRun = new RunOutcome(run.Id, EndReasons.Abort, services.Now()));
            await log.FlushAsync();
        }
        finally
        {
            if (run.LogId == run.Id)
                log.Complete();
            services.Logs.Release(run.LogId);
        }
    }

    private async Task<IRunRecorder?> RecorderAsync(RunEntity run, CancellationToken cancellationToken) =>
        run.ConversationId is not null
        && await services.Store.LoadConversationAsync(run.ConversationId, maxMessages: 0, cancellationToken) is { } snapshot
            ? new Conversation(snapshot, isWhole: false, services)
            : null;

    /// <summary>The tokens of the answer that was being written: those after the last message.</summary>
    private async Task<string> ReadPartialAnswerAsync(RunEntity run, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        // From the store alone: a channel that others listen to has no end to wait for.
        using var reader = new LogReader(log: null, services.Store, run.LogId, after: 0, services.Clock);
        while (await reader.ReadAsync(cancellationToken) == LogRead.Lines)
        {
            foreach (var line in LogLines.Split(reader.Current.Lines))
                Take(line, text);
        }
        return text.ToString();
    }

    private static void Take(ReadOnlyMemory<byte> line, StringBuilder text)
    {
        var type = LogLines.TypeOf(line.Span);
        if (type.SequenceEqual("result"u8) || (type.SequenceEqual("message"u8) && !IsReasoning(line)))
        {
            text.Clear();
        }
        else if (type.SequenceEqual("token"u8))
        {
            using var document = JsonDocument.Parse(line);
            text.Append(document.RootElement.GetProperty("data").GetProperty("token").GetString());
        }
    }

    /// <summary>Reasoning becomes a message before the answer does, so it says nothing of the answer's tokens.</summary>
    private static bool IsReasoning(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("data").GetProperty("type").ValueEquals(TranscriptMessage.Reasoning);
    }

    private static void WriteResult(Utf8JsonWriter json, string text)
    {
        json.WriteString("text"u8, text);
        new UsageCounter().Write(json);
        json.WriteStartObject("end"u8);
        json.WriteString("reason"u8, EndReasons.Abort);
        json.WriteEndObject();
    }
}
