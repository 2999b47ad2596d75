using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Too many dispatched runs are active.</summary>
internal sealed class TooManyRunsException(string message) : Exception(message), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.TooManyRequests, Message, TimeSpan.FromSeconds(1));
}
