using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>Stores messages of callers without calling the model.</summary>
internal sealed class MessageCreation(IConversationHolder holder)
{
    /// <exception cref="ApiException">
    /// 400: a field is invalid; 403: a session may not create this message; 404: the conversation does not exist; 409: the answered
    /// function call already has an answer; 429: the session has used up its messages.
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
