using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Usage;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Bots;

internal static class BotUsageEndpoints
{
    public static void MapBotUsage(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapGet("/bot/{botId}/usage/fetch", FetchAsync).WithName("fetchBotUsage")
            .WithSummary("Counts the conversations, messages and tokens of a bot"));

    private static async Task<JsonAnswer<BotUsageResponse>> FetchAsync(
        string botId, string? from, string? to, Caller caller, IStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var span = UsagePeriod.Read(from, to, time.GetUtcNow());
        var usage = await store.QueryAsync(
            async db => await db.FindOwnAsync(BotKind.Name, botId, caller.AccountId) is { } bot
                ? await db.SumBotUsageAsync(bot.Id, bot.AccountId, span.From, span.To)
                : (BotUsage?)null,
            cancellationToken) ?? throw ApiException.NotFound("Bot");
        return JsonAnswer.Of(new BotUsageResponse { Tokens = usage.Tokens, Conversations = usage.Conversations, Messages = usage.Messages });
    }
}
