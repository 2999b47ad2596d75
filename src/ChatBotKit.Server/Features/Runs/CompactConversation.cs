using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Runs;

/// <summary><c>compact</c>: sums up what was said.</summary>
internal static class CompactConversation
{
    public static async Task<JsonAnswer<ConversationCompactMessageResponse>> StatefulAsync(
        string conversationId, JsonBody<EmptyRequest> body, Caller caller, IConversationHolder holder)
    {
        var result = await holder.CompactAsync(caller.AccountId, conversationId);
        return JsonAnswer.Of(new ConversationCompactMessageResponse
        {
            Id = result.MessageId ?? conversationId,
            Text = result.Text,
            Usage = UsageOf(result),
        });
    }

    public static async Task<JsonAnswer<ConversationCompactResponse>> StatelessAsync(
        JsonBody<ConversationCompactRequest> body, StatelessRequests requests, HttpContext context)
    {
        var (model, transcript) = requests.ReadForCompaction(body.Value);
        var result = await Compaction.SummarizeAsync(model, transcript, context.RequestAborted);
        return JsonAnswer.Of(new ConversationCompactResponse { Text = result.Text, Usage = UsageOf(result) });
    }

    private static RunUsage UsageOf(CompactResult result) => new()
    {
        Token = result.Usage.InputTokens + result.Usage.OutputTokens,
        InputTokens = result.Usage.InputTokens,
        OutputTokens = result.Usage.OutputTokens,
    };
}
