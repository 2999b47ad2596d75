using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>What a call of a conversation came to: its result, or why it was refused.</summary>
/// <param name="Result">The result; the default when the call was refused.</param>
/// <param name="Refusal">Why the call was refused; null when it was not.</param>
internal readonly record struct Outcome<T>(T? Result, ApiError? Refusal)
{
    public static implicit operator Outcome<T>(T result) => new(result, Refusal: null);

    public static implicit operator Outcome<T>(ApiError refusal) => new(default, refusal);

    /// <summary>The result, for a caller whose own answer the refusal is.</summary>
    /// <exception cref="ApiException">The call was refused.</exception>
    public T OrThrow()
    {
        Refusal.ThrowIfRefused();
        return Result!;
    }
}

internal static class Refusals
{
    /// <summary>The account has no conversation of that id.</summary>
    public static ApiError NoConversation { get; } = new(ErrorCode.NotFound, "Conversation not found");

    /// <summary>More runs are waiting than is sensible.</summary>
    public static ApiError TooManyRuns { get; } = new(
        ErrorCode.TooManyRequests, "Too many runs of this conversation are waiting for their turn.", TimeSpan.FromSeconds(1));

    /// <exception cref="ApiException">There is a refusal.</exception>
    public static void ThrowIfRefused(this ApiError? refusal)
    {
        if (refusal is not null)
            throw new ApiException(refusal.Code, refusal.Message, refusal.RetryAfter);
    }
}
