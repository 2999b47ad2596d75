using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Usage;

internal static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapGet("/conversation/{conversationId}/usage/fetch", FetchAsync).WithName("fetchConversationUsage")
            .WithSummary("Counts the messages and tokens of a conversation"));

    private static async Task<JsonAnswer<ConversationUsageResponse>> FetchAsync(
        string conversationId, string? from, string? to, Caller caller, ConversationAccess conversations, UsageReading usage,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var span = UsagePeriod.Read(from, to, time.GetUtcNow());
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        return JsonAnswer.Of(await usage.OfConversationAsync(conversationId, span, cancellationToken));
    }
}
