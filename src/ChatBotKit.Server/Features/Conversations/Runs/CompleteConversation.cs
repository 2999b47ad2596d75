using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary><c>complete</c>, with and without a stored conversation, and <c>receive</c>.</summary>
internal static class CompleteConversation
{
    public static Task<IResult> StatefulAsync(
        string conversationId, JsonBody<ConversationCompleteMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, IStore store, RunReading reading, Idempotency idempotency) =>
        RunAsync(conversationId, RunInputs.From(body.Value, RunKinds.Complete, caller, context), body.Hash,
            caller, context, holder, store, reading, idempotency);

    public static Task<IResult> ReceiveAsync(
        string conversationId, JsonBody<ConversationReceiveMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, IStore store, RunReading reading, Idempotency idempotency) =>
        RunAsync(conversationId, RunInputs.From(body.Value, caller, context), body.Hash,
            caller, context, holder, store, reading, idempotency);

    /// <summary>Executes a stateless run. Its log exists only during the request, so the response can't be resumed.</summary>
    public static async Task<IResult> StatelessAsync(
        JsonBody<ConversationCompleteRequest> body, Caller caller, HttpContext context,
        StatelessRuns runs, StatelessRequests requests, IHostApplicationLifetime lifetime)
    {
        var format = StreamFormats.Of(context.Request);
        var request = await requests.ReadAsync(body.Value, RunKinds.Complete, caller, context);
        var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ending);
        var reader = runs.Start(request, RunStreamResult.Heartbeat, ending.Token);
        return new RunStreamResult(reader, format, runId: null);
    }

    private static Task<IResult> RunAsync(
        string conversationId, RunInput input, byte[]? bodyHash, Caller caller, HttpContext context,
        IConversationHolder holder, IStore store, RunReading reading, Idempotency idempotency)
    {
        var format = StreamFormats.Of(context.Request);
        var after = RunPosition.LastEventId(context.Request);
        if (after is not null && !context.Request.Headers.ContainsKey(ApiHeaders.IdempotencyKey))
        {
            throw ApiException.BadRequest(
                $"A request with {ApiHeaders.LastEventId} goes on with an earlier one, and needs that one's {ApiHeaders.IdempotencyKey}; "
                + "else the same message would be sent and answered twice");
        }

        return idempotency.RunAsync(
            context,
            bodyHash,
            async call =>
            {
                var run = (await holder.StartAsync(conversationId, input, call.KeptFrom(input.RunId))).OrThrow();
                return reading.Begin(run.RunId, input.SessionId, format, caller);
            },
            replay: async runId => await store.FindRunAsync(runId, context.RequestAborted) is { } run
                ? await reading.ResumeAsync(run, after ?? 0, format, caller, context.RequestAborted)
                : reading.Begin(runId, input.SessionId, format, caller));
    }
}
