using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;
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
        var response = new ConversationSendMessageResponse
        {
            Id = message.Id,
            Text = message.Text,
            Entities = body.Value.Entities ?? [],
            Usage = new RunUsage { Token = UsageCounter.Estimate(message.Text) },
        };
        (await holder.AppendAsync(caller.AccountId, conversationId, message, call.Kept(response))).ThrowIfRefused();
        return AnswerOf(response, format);
    }

    /// <summary>Answers a repeated request in the format that it asks for, which is not a part of what was stored.</summary>
    public static Task<IResult> ReplayAsync(HttpContext context, IdempotencyRow earlier) => Task.FromResult(AnswerOf(
        JsonSerializer.Deserialize(earlier.Response, ServerJson.Of<ConversationSendMessageResponse>(context))!, StreamFormats.Of(context.Request)));

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
