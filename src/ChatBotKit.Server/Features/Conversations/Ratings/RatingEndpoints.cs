using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Ratings;

internal static class RatingEndpoints
{
    public static void MapRatings(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var conversation = group.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/upvote", UpvoteAsync).WithName("upvoteConversation").Produces<IdResponse>()
            .WithSummary("Says that a conversation is good");
        conversation.MapPost("/downvote", DownvoteAsync).WithName("downvoteConversation").Produces<IdResponse>()
            .WithSummary("Says that a conversation is bad");
        conversation.MapPost("/message/{messageId}/upvote", UpvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("upvoteConversationMessage").Produces<IdResponse>()
            .WithSummary("Says that a message is good");
        conversation.MapPost("/message/{messageId}/downvote", DownvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("downvoteConversationMessage").Produces<IdResponse>()
            .WithSummary("Says that a message is bad");
    });

    private static Task<IResult> UpvoteAsync(
        string conversationId, JsonBody<UpvoteRequest> body, RatingStore ratings,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, call =>
            ratings.AddAsync(conversationId, messageId: null, Vote.Up(body.Value), context.Caller(), call, cancellationToken));

    private static Task<IResult> DownvoteAsync(
        string conversationId, JsonBody<DownvoteRequest> body, RatingStore ratings,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, call =>
            ratings.AddAsync(conversationId, messageId: null, Vote.Down(body.Value), context.Caller(), call, cancellationToken));

    private static Task<IResult> UpvoteMessageAsync(
        string conversationId, string messageId, JsonBody<UpvoteRequest> body, RatingStore ratings,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, call =>
            ratings.AddAsync(conversationId, messageId, Vote.Up(body.Value), context.Caller(), call, cancellationToken));

    private static Task<IResult> DownvoteMessageAsync(
        string conversationId, string messageId, JsonBody<DownvoteRequest> body, RatingStore ratings,
        Idempotency idempotency, HttpContext context, CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, call =>
            ratings.AddAsync(conversationId, messageId, Vote.Down(body.Value), context.Caller(), call, cancellationToken));
}
