using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Channels;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary><c>dispatch</c>: starts a run that writes to a channel, and responds with the channel's id once the run is stored.</summary>
internal static class DispatchConversation
{
    /// <summary>The minimum length of a channel id that a caller chooses for a dispatch.</summary>
    private const int MinChannelIdLength = 24;

    public static async Task<JsonAnswer<ConversationDispatchResponse>> StatefulAsync(
        string conversationId, JsonBody<ConversationDispatchMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, IdempotentCall call)
    {
        var response = new ConversationDispatchResponse { ChannelId = ChannelOf(body.Value.ChannelId) };
        var input = RunInputs.From(body.Value, RunKinds.Dispatch, caller, context) with
        {
            ChannelLogId = ChannelLogs.LogId(caller.ScopeId, response.ChannelId),
        };
        (await holder.StartAsync(conversationId, input, call.Kept(response))).OrThrow();
        return JsonAnswer.Of(response);
    }

    public static async Task<JsonAnswer<ConversationDispatchResponse>> StatelessAsync(
        JsonBody<ConversationDispatchRequest> body, Caller caller, HttpContext context,
        StatelessRuns runs, StatelessRequests requests, IdempotentCall call)
    {
        var response = new ConversationDispatchResponse { ChannelId = ChannelOf(body.Value.ChannelId) };
        var request = await requests.ReadAsync(body.Value, RunKinds.Dispatch, caller, context);
        request = request with { Input = request.Input with { ChannelLogId = ChannelLogs.LogId(caller.ScopeId, response.ChannelId) } };
        await runs.DispatchAsync(request, call.Answered(response));
        return JsonAnswer.Of(response);
    }

    private static string ChannelOf(string? channelId)
    {
        if (channelId is null)
            return Ids.New();
        ChannelRules.Check(channelId, "channelId", MinChannelIdLength);
        return channelId;
    }
}
