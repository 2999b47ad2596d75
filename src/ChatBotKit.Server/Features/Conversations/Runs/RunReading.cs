using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Responds with the events of a run that the caller does not have yet.</summary>
internal sealed class RunReading(LogDirectory logs, IStore store)
{
    /// <summary>Responds with a run that was just started, from its first event on.</summary>
    public IResult Begin(string runId, string? sessionId, ResponseFormat format, Caller caller) =>
        Read(runId, sessionId, after: 0, format, caller);

    /// <summary>Responds to a repeated request from the log of the run that the first request started.</summary>
    public async Task<IResult> RepeatAsync(string runId, HttpContext context)
    {
        var (caller, format) = (context.Caller(), StreamFormats.Of(context.Request));
        var after = RunPosition.LastEventId(context.Request) ?? 0;
        return await store.FindRunAsync(runId, context.RequestAborted) is { } run
            ? await ResumeAsync(run, after, format, caller, context.RequestAborted)
            : Begin(runId, caller.Session?.Id, format, caller);
    }

    /// <summary>Responds with the events after number <paramref name="after"/>.</summary>
    public async Task<IResult> ResumeAsync(
        RunRow run, long after, ResponseFormat format, Caller caller, CancellationToken cancellationToken)
    {
        // The result as one document does not depend on the last received event.
        if (format == ResponseFormat.Json)
            after = 0;
        // An event source repeats its request after an empty response; only a 204 stops it.
        if (format == ResponseFormat.ServerSentEvents && after > 0 && run.EndedAt is not null
            && await store.LastLogNumberAsync(run.LogId, cancellationToken) is > 0 and var last && after >= last)
            return Results.NoContent();
        return Read(run.Id, run.SessionId, after, format, caller);
    }

    private RunStreamResult Read(string runId, string? sessionId, long after, ResponseFormat format, Caller caller) =>
        new(logs.Read(runId, after, RunStreamResult.Heartbeat), format, runId) { View = EndUserView.Of(caller, sessionId) };
}
