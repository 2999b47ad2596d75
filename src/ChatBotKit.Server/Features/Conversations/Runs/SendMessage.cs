using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary><c>send</c>: stores the user's message without calling the model.</summary>
internal static class SendMessage
{
    public static async Task<IResult> HandleAsync(
        string conversationId, JsonBody<ConversationSendMessageRequest> body, Caller caller, HttpContext context,
        IConversationHolder holder, IdempotentCall call)
    {
        var format = StreamFormats.Of(context.Request);
        var input = RunInputs.From(body.Value, caller, context);
        var message = new NewMessage(TranscriptMessage.User, input.Text!) { Entities = input.Entities, SessionId = input.SessionId };
        var sent = (await holder.SendAsync(caller.AccountId, conversationId, message, call.KeptFrom(message.Id))).OrThrow();
        return AnswerOf(ResponseOf(message.Id, message.Text, sent.Entities), format);
    }

    /// <summary>Answers a repeated request from the stored message, in the format that the request asks for.</summary>
    public static async Task<IResult> ReplayAsync(HttpContext context, IdempotencyRow earlier)
    {
        var format = StreamFormats.Of(context.Request);
        // Earlier versions stored the response itself.
        if (earlier.Response is { } response)
            return AnswerOf(JsonSerializer.Deserialize(response, ServerJson.Of<ConversationSendMessageResponse>(context))!, format);
        var store = context.RequestServices.GetRequiredService<IStore>();
        return await store.FindMessageAsync(context.PathValue("conversationId"), earlier.ResultId!, context.RequestAborted) is { } sent
            ? AnswerOf(ResponseOf(sent.Id, sent.Text, sent.Entities), format)
            : throw ApiException.NotFound("Message");
    }

    private static ConversationSendMessageResponse ResponseOf(string id, string text, string? entities) => new()
    {
        Id = id,
        Text = text,
        Entities = MessageEntities.Parse(entities),
        Usage = new RunUsage { Token = UsageCounter.Estimate(text) },
    };

    private static IResult AnswerOf(ConversationSendMessageResponse response, ResponseFormat format) =>
        format == ResponseFormat.Json ? JsonAnswer.Of(response) : new SingleEventResult<ConversationSendMessageResponse>(response, format);
}

/// <summary>Responds with a single <c>result</c> event.</summary>
internal sealed class SingleEventResult<T>(T data, ResponseFormat format) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        StreamHeaders.Apply(httpContext.Response, format);
        var json = JsonSerializer.SerializeToUtf8Bytes(data, ServerJson.Of<T>(httpContext));
        var clock = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var encoder = new EventEncoder(numbered: false);
        encoder.WriteEvent("result", json, clock.GetUtcNow().ToUnixTimeMilliseconds(), id: 1);
        StreamFrames.WriteLines(httpContext.Response.BodyWriter, format, new LogBatch(1, 1, encoder.Take()), numbered: false);
        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
