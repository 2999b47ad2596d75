using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Ratings;

/// <summary>Stores ratings. A caller has one vote on each conversation or message; a later one replaces it.</summary>
internal sealed class RatingStore(IStore store, ConversationAccess conversations, MessageReading messages, TimeProvider time)
{
    /// <exception cref="ApiException">404: the conversation or message does not exist.</exception>
    public async Task<JsonAnswer<IdResponse>> AddAsync(
        string conversationId, string? messageId, Vote vote, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(conversationId, caller, cancellationToken);
        if (messageId is not null)
            await messages.GetAsync(conversationId, messageId, caller, cancellationToken);
        var rating = new RatingRow
        {
            Id = DerivedId.Of("rating", caller.ScopeId, conversationId, messageId),
            AccountId = caller.AccountId,
            ConversationId = conversationId,
            MessageId = messageId,
            ContactId = caller.Session?.ContactId ?? conversation.ContactId,
            Value = vote.Value,
            Reason = vote.Reason,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var response = new IdResponse { Id = messageId ?? conversationId };
        await store.ChangeAsync(
            async db =>
            {
                await db.PutRatingAsync(rating);
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return JsonAnswer.Of(response);
    }
}
