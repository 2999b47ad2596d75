using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Refuses new runs and sessions of bots that have used up what a policy allows.</summary>
internal interface IUsageGate
{
    /// <summary>Returns the refusal of a run or session; null when it may start. Without policies of usage this reads nothing.</summary>
    /// <param name="accountId">The account that the usage belongs to.</param>
    /// <param name="botId">The bot; null for none.</param>
    ValueTask<ApiError?> FindRefusalAsync(string accountId, string? botId);
}
