using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ModelProviders;

internal enum ModelFailure
{
    /// <summary>The provider refused the API key.</summary>
    Unauthorized,

    /// <summary>The provider limits the rate of requests; <see cref="ModelProviderException.RetryAfter"/> may say for how long.</summary>
    RateLimited,

    /// <summary>The provider refused the request, for example because of an unknown model or a prompt that is too long.</summary>
    Rejected,

    /// <summary>The provider can't be reached, or failed.</summary>
    Unavailable,

    /// <summary>The provider sent nothing for longer than the time limit.</summary>
    Silent,

    /// <summary>The answer broke off, or could not be parsed.</summary>
    Broken,
}

/// <summary>A failure of a provider. The message is written for people; it names the provider and the remedy.</summary>
internal sealed class ModelProviderException(
    string provider, ModelFailure failure, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner), IApiFailure
{
    public string Provider { get; } = provider;

    public ModelFailure Failure { get; } = failure;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public ApiError Error => Failure switch
    {
        ModelFailure.Silent => new(ErrorCode.GatewayTimeout, Message),
        // Not a 502: clients would repeat the request, and get the same refusal.
        ModelFailure.Unauthorized or ModelFailure.Rejected => new(ErrorCode.ProviderRefused, Message),
        _ => new(ErrorCode.BadGateway, Message, RetryAfter),
    };

    /// <summary>Only the code, because the provider's words may name hosts, accounts or other people.</summary>
    public ApiError ErrorForEndUser => Error with { Message = ApiError.NeutralMessage(Error.Code.Code) };
}
