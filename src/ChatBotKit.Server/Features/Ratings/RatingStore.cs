using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Ratings;

/// <summary>Keeps votes. A caller has one vote on each thing: the last one counts.</summary>
internal sealed class RatingStore(IStore store, ConversationAccess conversations, MessageReading messages, TimeProvider time)
{
    /// <exception cref="ApiException">404: no such conversation or message.</exception>
    public async Task<IResult> AddAsync(
        string conversationId, string? messageId, Vote vote, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(conversationId, caller, cancellationToken);
        if (messageId is not null)
            await messages.GetAsync(conversationId, messageId, caller, cancellationToken);
        var rating = new RatingEntity
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
        await store.WriteAsync(
            db =>
            {
                Put(db, rating);
                db.Remember(call.Answered(response));
                return true;
            },
            cancellationToken);
        return JsonAnswer.Of(response);
    }

    private static void Put(ServerDbContext db, RatingEntity rating)
    {
        if (db.Ratings.SingleOrDefault(earlier => earlier.Id == rating.Id) is { } earlier)
            db.Entry(earlier).CurrentValues.SetValues(rating);
        else
            db.Add(rating);
    }
}
