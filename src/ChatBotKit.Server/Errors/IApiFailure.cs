namespace ChatBotKit.Server.Errors;

/// <summary>An exception whose message was written for callers.</summary>
internal interface IApiFailure
{
    /// <summary>The error that callers see.</summary>
    ApiError Error { get; }

    /// <summary>
    /// The error that the holder of a session token sees: the same, except where it would name something that belongs to the
    /// operator.
    /// </summary>
    ApiError ErrorForEndUser => Error;
}
