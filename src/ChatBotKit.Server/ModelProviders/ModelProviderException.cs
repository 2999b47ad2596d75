using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ModelProviders;

internal enum ModelFailure
{
    /// <summary>The provider refused our key.</summary>
    Unauthorized,

    /// <summary>The provider asks us to slow down; <see cref="ModelProviderException.RetryAfter"/> may say for how long.</summary>
    RateLimited,

    /// <summary>The provider did not accept the request, for example an unknown model or a prompt that is too long.</summary>
    Rejected,

    /// <summary>The provider can't be reached, or answered with a failure of its own.</summary>
    Unavailable,

    /// <summary>Nothing came for longer than the time limit.</summary>
    Silent,

    /// <summary>The answer broke off, or could not be understood.</summary>
    Broken,
}

/// <summary>A provider's failure, with a message for people that names the provider and what to do.</summary>
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
        // A 502 would be asked again by every client, though the answer would be the same.
        ModelFailure.Unauthorized or ModelFailure.Rejected => new(ErrorCode.ProviderRefused, Message),
        _ => new(ErrorCode.BadGateway, Message, RetryAfter),
    };

    /// <summary>Nothing but the code, since hosts, accounts and names of others may be in the provider's words.</summary>
    public ApiError ErrorForEndUser => Error with { Message = ApiError.NeutralMessage(Error.Code.Code) };
}
