using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Conversations.Usage;

/// <summary>Sums up usage.</summary>
internal sealed class UsageReading(IStore store)
{
    public ValueTask<ConversationUsageResponse> OfConversationAsync(
        string conversationId, UsagePeriod span, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db => new ConversationUsageResponse
            {
                Tokens = await db.SumTokensAsync(conversationId, span.From, span.To),
                Messages = await db.CountSaidAsync(conversationId, span.From, span.To),
            },
            cancellationToken);
}
