using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary><c>compact</c>: summarizes the conversation.</summary>
internal static class CompactConversation
{
    public static async Task<JsonAnswer<ConversationCompactMessageResponse>> StatefulAsync(
        string conversationId, JsonBody<EmptyRequest> body, Caller caller, IConversationHolder holder, IdempotentCall call)
    {
        var messageId = Ids.New();
        var outcome = await holder.CompactAsync(caller.AccountId, conversationId, messageId, call.KeptFrom(messageId));
        var result = outcome.OrThrow();
        return Answer(result.MessageId ?? conversationId, result.Text, UsageOf(result));
    }

    /// <summary>Answers a repeated request from the message that the first one stored.</summary>
    public static async Task<IResult> ReplayAsync(IStore store, HttpContext context, string messageId) =>
        await store.FindMessageAsync(context.PathValue("conversationId"), messageId, context.RequestAborted) is { } checkpoint
            ? Answer(checkpoint.Id, checkpoint.Text, new RunUsage { Token = 0 })
            : throw ApiException.NotFound("Message");

    public static async Task<JsonAnswer<ConversationCompactResponse>> StatelessAsync(
        JsonBody<ConversationCompactRequest> body, Caller caller, StatelessRequests requests, EngineServices engine, HttpContext context)
    {
        var (model, privacy, transcript) = await requests.ReadForCompactionAsync(body.Value, caller, context.RequestAborted);
        var result = await Compaction.SummarizeAsync(model, transcript, privacy, engine.Options.MaxAnswerCharacters, context.RequestAborted);
        engine.Usages?.Add(UsageRow.OfTokens(caller.AccountId, model.Model.Name, result.InputTokens, result.OutputTokens, engine.Now()));
        return JsonAnswer.Of(new ConversationCompactResponse { Text = result.Text, Usage = UsageOf(result) });
    }

    private static JsonAnswer<ConversationCompactMessageResponse> Answer(string id, string text, RunUsage usage) =>
        JsonAnswer.Of(new ConversationCompactMessageResponse { Id = id, Text = text, Usage = usage });

    private static RunUsage UsageOf(CompactResult result) => new()
    {
        Token = result.InputTokens + result.OutputTokens,
        InputTokens = result.InputTokens,
        OutputTokens = result.OutputTokens,
    };
}
