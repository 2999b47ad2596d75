using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary><c>complete</c>, with and without a stored conversation, and <c>receive</c>.</summary>
internal static class CompleteConversation
{
    public static Task<IResult> StatefulAsync(
        string conversationId, JsonBody<ConversationCompleteMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, RunReading reading, IdempotentCall call) =>
        RunAsync(conversationId, RunInputs.From(body.Value, RunKinds.Complete, caller, context), caller, context, holder, reading, call);

    public static Task<IResult> ReceiveAsync(
        string conversationId, JsonBody<ConversationReceiveMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, RunReading reading, IdempotentCall call) =>
        RunAsync(conversationId, RunInputs.From(body.Value, caller, context), caller, context, holder, reading, call);

    /// <summary>Executes a stateless run. Its log exists only during the request, so the response can't be resumed.</summary>
    public static async Task<IResult> StatelessAsync(
        JsonBody<ConversationCompleteRequest> body, Caller caller, HttpContext context,
        StatelessRuns runs, StatelessRequests requests, IHostApplicationLifetime lifetime)
    {
        var format = StreamFormats.Of(context.Request);
        var request = await requests.ReadAsync(body.Value, RunKinds.Complete, caller, context);
        return new RunStreamResult(runs.StartFor(request, context, lifetime), format, runId: null);
    }

    private static async Task<IResult> RunAsync(
        string conversationId, RunInput input, Caller caller, HttpContext context, IConversationHolder holder, RunReading reading,
        IdempotentCall call)
    {
        var format = StreamFormats.Of(context.Request);
        if (RunPosition.LastEventId(context.Request) is not null && !context.Request.Headers.ContainsKey(ApiHeaders.IdempotencyKey))
        {
            throw ApiException.BadRequest(
                $"A request with {ApiHeaders.LastEventId} goes on with an earlier one, and needs that one's {ApiHeaders.IdempotencyKey}; "
                + "else the same message would be sent and answered twice");
        }

        var run = (await holder.StartAsync(conversationId, input, call.KeptFrom(input.RunId))).OrThrow();
        return reading.Begin(run.RunId, input.SessionId, format, caller);
    }
}
