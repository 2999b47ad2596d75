namespace ChatBotKit.Server.Errors;

/// <summary>An exception whose message was written for callers.</summary>
internal interface IApiFailure
{
    /// <summary>What callers are told.</summary>
    ApiError Error { get; }

    /// <summary>What the holder of a session token is told: the same, unless it names something of the operator's.</summary>
    ApiError ErrorForEndUser => Error;
}
