using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>More dispatched runs are going on than is sensible.</summary>
internal sealed class TooManyRunsException(string message) : Exception(message), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.TooManyRequests, Message, TimeSpan.FromSeconds(1));
}
