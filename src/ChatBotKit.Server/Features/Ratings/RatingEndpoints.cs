using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Ratings;

internal static class RatingEndpoints
{
    public static void MapRatings(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var conversation = group.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/upvote", UpvoteAsync).WithName("upvoteConversation").Produces<IdResponse>();
        conversation.MapPost("/downvote", DownvoteAsync).WithName("downvoteConversation").Produces<IdResponse>();
        conversation.MapPost("/message/{messageId}/upvote", UpvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("upvoteConversationMessage").Produces<IdResponse>();
        conversation.MapPost("/message/{messageId}/downvote", DownvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("downvoteConversationMessage").Produces<IdResponse>();
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
