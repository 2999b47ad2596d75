using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Ratings;

internal static class RatingEndpoints
{
    public static void MapRatings(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var conversation = group.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/upvote", UpvoteAsync).WithName("upvoteConversation").IsIdempotent()
            .WithSummary("Rates a conversation positively");
        conversation.MapPost("/downvote", DownvoteAsync).WithName("downvoteConversation").IsIdempotent()
            .WithSummary("Rates a conversation negatively");
        conversation.MapPost("/message/{messageId}/upvote", UpvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("upvoteConversationMessage").IsIdempotent()
            .WithSummary("Rates a message positively");
        conversation.MapPost("/message/{messageId}/downvote", DownvoteMessageAsync)
            .AllowSession(SessionPermissions.Feedback).WithName("downvoteConversationMessage").IsIdempotent()
            .WithSummary("Rates a message negatively");
    });

    private static Task<JsonAnswer<IdResponse>> UpvoteAsync(
        string conversationId, JsonBody<UpvoteRequest> body, Caller caller, RatingStore ratings, IdempotentCall call,
        CancellationToken cancellationToken) =>
        ratings.AddAsync(conversationId, messageId: null, Vote.Up(body.Value), caller, call, cancellationToken);

    private static Task<JsonAnswer<IdResponse>> DownvoteAsync(
        string conversationId, JsonBody<DownvoteRequest> body, Caller caller, RatingStore ratings, IdempotentCall call,
        CancellationToken cancellationToken) =>
        ratings.AddAsync(conversationId, messageId: null, Vote.Down(body.Value), caller, call, cancellationToken);

    private static Task<JsonAnswer<IdResponse>> UpvoteMessageAsync(
        string conversationId, string messageId, JsonBody<UpvoteRequest> body, Caller caller, RatingStore ratings, IdempotentCall call,
        CancellationToken cancellationToken) =>
        ratings.AddAsync(conversationId, messageId, Vote.Up(body.Value), caller, call, cancellationToken);

    private static Task<JsonAnswer<IdResponse>> DownvoteMessageAsync(
        string conversationId, string messageId, JsonBody<DownvoteRequest> body, Caller caller, RatingStore ratings, IdempotentCall call,
        CancellationToken cancellationToken) =>
        ratings.AddAsync(conversationId, messageId, Vote.Down(body.Value), caller, call, cancellationToken);
}
