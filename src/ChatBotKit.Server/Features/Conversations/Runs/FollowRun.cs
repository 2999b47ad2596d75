using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Resumes the stream of a run after a lost connection, and aborts runs. The official API has no such operations.</summary>
internal static class FollowRun
{
    public static async Task<IResult> StreamAsync(
        string conversationId, string runId, Caller caller, HttpContext context, IStore store, RunReading reading)
    {
        var format = StreamFormats.Of(context.Request, otherwise: ResponseFormat.JsonLines);
        var after = RunPosition.Of(context.Request);
        var run = await FindAsync(conversationId, runId, caller, store, context.RequestAborted);
        CheckMayRead(run, caller);
        if (run.LogId != run.Id)
            throw ApiException.BadRequest("The run was dispatched to a channel; subscribe to that instead");
        return await reading.ResumeAsync(run, after, format, caller, context.RequestAborted);
    }

    /// <summary>Aborts a run. The response is the same if the run has just ended.</summary>
    public static async Task<JsonAnswer<IdResponse>> AbortAsync(
        string conversationId, string runId, JsonBody<AbortRunRequest> body, Caller caller, HttpContext context,
        IStore store, IConversationHolder holder)
    {
        if (!await holder.AbortAsync(caller.AccountId, conversationId, runId))
            await FindAsync(conversationId, runId, caller, store, context.RequestAborted);
        return JsonAnswer.Of(new IdResponse { Id = runId });
    }

    private static async Task<RunRow> FindAsync(
        string conversationId, string runId, Caller caller, IStore store, CancellationToken cancellationToken) =>
        await store.FindRunAsync(runId, cancellationToken) is { } run
        && run.AccountId == caller.AccountId && run.ConversationId == conversationId
            ? run
            : throw ApiException.NotFound("Run");

    /// <summary>
    /// Checks whether the caller may read the run. A session may always read its own runs; for others it needs the permission to
    /// read messages.
    /// </summary>
    /// <exception cref="ApiException">403: the session may not read this run.</exception>
    private static void CheckMayRead(RunRow run, Caller caller)
    {
        if (caller.Session is { } session && run.SessionId != session.Id
            && !session.Permissions.HasFlag(SessionPermissions.MessagesRead))
            throw SessionErrors.PermissionMissing(SessionPermissions.MessagesRead);
    }
}
