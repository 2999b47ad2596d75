using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>Stores messages that somebody wrote, without asking the model.</summary>
internal sealed class MessageCreation(IConversationHolder holder)
{
    /// <exception cref="ApiException">
    /// 400: a field that can't be used; 403: a session that speaks for somebody else; 404: no such conversation; 409: an answer
    /// to a function call that has one; 429: a session that has sent as many messages as it may.
    /// </exception>
    public async Task<MessageCreateResponse> CreateAsync(
        string conversationId, MessageCreateRequest request, Caller caller, IdempotentCall call)
    {
        Check(request);
        var activity = request.Type == MessageType.Activity ? MessageRules.ActivityOf(request.Meta) : null;
        if (!caller.IsTrusted && request.Type != MessageType.User && activity is not { Kind: ToolActivity.Response })
            throw ApiException.NotAuthorized("A session may create messages of type user, and the answers to its function calls");
        var message = request.ToNewMessage() with
        {
            SessionId = request.Type == MessageType.User ? caller.Session?.Id : null,
            AnswerFrom = activity is { Kind: ToolActivity.Request } ? CallAnswerer.Owner : null,
            Answer = activity is { Kind: ToolActivity.Response } ? new CallAnswer(activity, caller.Session?.Id) : null,
        };
        var response = new MessageCreateResponse { Id = message.Id, Entities = request.Entities ?? [] };
        (await holder.AppendAsync(caller.AccountId, conversationId, message, call.Kept(response))).ThrowIfRefused();
        return response;
    }

    private static void Check(MessageCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckType(request.Type);
        faults.CheckText(request.Text);
        faults.CheckName(request.Name);
        faults.CheckDescription(request.Description);
        faults.CheckMeta(request.Meta, maxBytes: MessageRules.MaxMetaBytesOf(request.Type));
        faults.CheckEntities(request.Entities);
        faults.ThrowIfAny();
    }
}
