using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Usage;

/// <summary>What was used, added up.</summary>
internal sealed class UsageReading(IStore store)
{
    public Task<ConversationUsageResponse> OfConversationAsync(
        string conversationId, TimeSpanQuery span, CancellationToken cancellationToken) =>
        store.ReadAsync(
            async (db, token) => new ConversationUsageResponse
            {
                Tokens = await db.UsageRecords
                    .Where(row => row.ConversationId == conversationId && row.CreatedAt >= span.From && row.CreatedAt <= span.To)
                    .SumAsync(row => row.InputTokens + row.OutputTokens, token),
                Messages = await db.Messages
                    .Where(row => row.ConversationId == conversationId && row.CreatedAt >= span.From && row.CreatedAt <= span.To)
                    .LongCountAsync(row => row.Type == TranscriptMessage.User || row.Type == TranscriptMessage.Bot, token),
            },
            cancellationToken);
}
