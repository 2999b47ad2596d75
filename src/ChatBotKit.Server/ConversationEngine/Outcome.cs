using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The outcome of a call of a conversation: its result or a refusal.</summary>
/// <param name="Result">The result; the default value when the call was refused.</param>
/// <param name="Refusal">The reason of the refusal; null when the call succeeded.</param>
internal readonly record struct Outcome<T>(T? Result, ApiError? Refusal)
{
    public static implicit operator Outcome<T>(T result) => new(result, Refusal: null);

    public static implicit operator Outcome<T>(ApiError refusal) => new(default, refusal);

    /// <summary>Returns the result.</summary>
    /// <exception cref="ApiException">The call was refused.</exception>
    public T OrThrow()
    {
        Refusal.ThrowIfRefused();
        return Result!;
    }
}

internal static class Refusals
{
    /// <summary>The account has no conversation with that id.</summary>
    public static ApiError NoConversation { get; } = new(ErrorCode.NotFound, "Conversation not found");

    /// <summary>Too many runs are waiting.</summary>
    public static ApiError TooManyRuns { get; } = new(
        ErrorCode.TooManyRequests, "Too many runs of this conversation are waiting for their turn.", TimeSpan.FromSeconds(1));

    /// <exception cref="ApiException">The call was refused.</exception>
    public static void ThrowIfRefused(this ApiError? refusal)
    {
        if (refusal is not null)
            throw new ApiException(refusal.Code, refusal.Message, refusal.RetryAfter);
    }
}
