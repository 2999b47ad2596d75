namespace ChatBotKit.Server.Errors;

/// <summary>What the caller is told about a failure, in an error body or in an <c>error</c> line of a stream.</summary>
internal sealed record ApiError(ErrorCode Code, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// Turns any exception into what may be shown of it. Only messages that were written for callers are passed on.
    /// </summary>
    public static ApiError From(Exception exception) => exception switch
    {
        IApiFailure failure => failure.Error,
        BadHttpRequestException bad => FromFramework(bad),
        IOException io when IsOfTheDisk(io) => new(ErrorCode.ServiceUnavailable, "The disk does not take the file; try again later"),
        _ => new(ErrorCode.InternalServerError, "The server failed to handle the request; its log says more under this request's id"),
    };

    /// <summary>
    /// What the holder of a session token is told: of the provider and the configuration of its models nothing but the code, since
    /// hosts, accounts and names of others may be in those words.
    /// </summary>
    public static ApiError ForEndUser(Exception exception) =>
        exception is IApiFailure failure ? failure.ErrorForEndUser : From(exception);

    /// <summary>What an end user may read in place of a provider's failure.</summary>
    public static string NeutralMessage(string code) => code switch
    {
        "PROVIDER_REFUSED" => "The model did not take this request. Trying again does not help; the operator of this service can see why.",
        "GATEWAY_TIMEOUT" => "The model did not answer in time. Try again later.",
        _ => "The model could not answer. Try again later.",
    };

    public static ApiError OfStatus(int status)
    {
        var code = ErrorCode.OfStatus(status);
        return new(code, code.Code switch
        {
            "NOT_FOUND" => "Not found",
            "METHOD_NOT_ALLOWED" => "Method not allowed",
            "UNSUPPORTED_MEDIA_TYPE" => ApiException.UnsupportedMediaType().Message,
            "CONTENT_TOO_LARGE" => ApiException.ContentTooLarge().Message,
            _ => "The request failed",
        });
    }

    // Input/output error, no space left, read-only file system, quota used up; on Windows, write-protected and disk full.
    private static bool IsOfTheDisk(IOException exception) =>
        exception.HResult is 5 or 28 or 30 or 122 or unchecked((int)0x80070013) or unchecked((int)0x80070070);

    private static ApiError FromFramework(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status400BadRequest
            ? new(ErrorCode.BadRequest, exception.Message)
            : OfStatus(exception.StatusCode);
}
