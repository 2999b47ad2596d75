using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>Stores the tokens of abilities that are called without a run. Those of a run are stored with it.</summary>
internal sealed class AbilityUsage(IStore store, ModelRegistry models, TimeProvider time)
{
    public async Task StoreAsync(FunctionScope scope)
    {
        if (scope.Usage.Total == 0)
            return;
        var (model, now) = (models.Resolve(null).Model.Name, time.GetUtcNow().ToUnixTimeMilliseconds());
        await store.CommitAsync(new WriteSet
        {
            Usage = UsageRow.OfTokens(scope.AccountId, model, scope.Usage.InputTokens, scope.Usage.OutputTokens, now, botId: scope.BotId),
        });
    }
}
