using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>
/// Takes an answer up again after a lost connection, and ends a run early. Both are ours: the official API has neither.
/// </summary>
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

    /// <summary>Answers the same whether the run was going on or had just ended.</summary>
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

    /// <summary>A session may always go on with what it has asked itself; for the rest it must be allowed to read.</summary>
    /// <exception cref="ApiException">403: the session may not read this run.</exception>
    private static void CheckMayRead(RunRow run, Caller caller)
    {
        if (caller.Session is { } session && run.SessionId != session.Id
            && !session.Permissions.HasFlag(SessionPermissions.MessagesRead))
            throw SessionErrors.PermissionMissing(SessionPermissions.MessagesRead);
    }
}
