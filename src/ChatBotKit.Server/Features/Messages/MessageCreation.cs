using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Messages;

/// <summary>Stores messages that somebody wrote, without asking the model.</summary>
internal sealed class MessageCreation(IStore store, IConversationHolder holder)
{
    /// <summary>How far back a call may lie that a session still answers.</summary>
    private const int MaxMessagesBack = 100;

    /// <exception cref="ApiException">
    /// 400: a field that can't be used; 403: a session that speaks for somebody else; 404: no such conversation; 429: a session
    /// that has sent as many messages as it may.
    /// </exception>
    public async Task<MessageCreateResponse> CreateAsync(
        string conversationId, MessageCreateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        Check(request);
        if (!caller.IsTrusted && request.Type != MessageType.User)
            await RequireAnswerAsync(conversationId, request, cancellationToken);
        var message = request.ToNewMessage() with { SessionId = request.Type == MessageType.User ? caller.Session?.Id : null };
        var response = new MessageCreateResponse { Id = message.Id, Entities = request.Entities ?? [] };
        try
        {
            await holder.AppendAsync(caller.AccountId, conversationId, message, call.Answered(response));
        }
        catch (MissingParentException)
        {
            throw ConversationAccess.NotFound();
        }

        return response;
    }

    private static void Check(MessageCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckType(request.Type);
        faults.CheckText(request.Text);
        faults.CheckName(request.Name);
        faults.CheckDescription(request.Description);
        faults.CheckMeta(request.Meta);
        faults.CheckActivity(request.Type, request.Meta);
        faults.ThrowIfAny();
    }

    /// <summary>
    /// A session token is in the hands of an end user, who would rule the bot with any other type. What the user's
    /// program may give besides is the answer to a call that the model made and that waits for one.
    /// </summary>
    private async Task RequireAnswerAsync(string conversationId, MessageCreateRequest request, CancellationToken cancellationToken)
    {
        if (FieldRules.ActivityOf(request.Meta) is not { Kind: ToolActivity.Response } answer || request.Type != MessageType.Activity)
            throw ApiException.NotAuthorized("A session may create messages of type user, and the answers to function calls");
        var rows = await store.ListMessagesAsync(conversationId, cursor: null, descending: true, MaxMessagesBack, cancellationToken);
        var activities = rows.Select(row => TranscriptMessage.From(row).Activity).OfType<ToolActivity>().ToList();
        var calls = activities.Count(activity => activity.IsAnsweredBy(answer));
        var answers = activities.Count(activity =>
            activity.Kind == ToolActivity.Response && activities.Exists(one => one.IsAnsweredBy(answer) && one.IsAnsweredBy(activity)));
        if (answers >= calls)
            throw ApiException.NotAuthorized("No function call of this name and arguments waits for an answer");
    }
}
